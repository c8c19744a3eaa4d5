import { asBytes } from '../encoding/as-bytes.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import { isWebhookError, WebhookConfigurationError, WebhookVerificationError } from '../errors.js'
import { toVerifierHeaders } from '../headers/to-verifier-headers.js'
import { withTimeout } from '../promises/with-timeout.js'
import type { ProvedContent, Verifier, VerifierRequest } from '../schemes/verifier.js'
import { isUnexpired } from '../secrets/is-unexpired.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { UnverifiedDelivery, VerifierAnswer } from './verify-signature.js'

/**
 * Calls a custom scheme's verifier with each secret in turn, and stops at the first that proves the request: the code may
 * make a network call. The time reveals nothing to an attacker, whose request no secret proves.
 *
 * @returns the results in the order of the secrets, up to the first proof
 * @throws WebhookVerificationError `ERR_WEBHOOK_VERIFIER_TIMEOUT`
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid answer
 * @throws errors of Countersign that the verifier throws and that are no refusal, such as WebhookSecretError for a key it could not fetch
 */
export function callVerifier(
  { method, url, headers, rawBody, selected }: UnverifiedDelivery,
  verifier: Verifier,
  settings: VerificationSettings,
): Promise<readonly VerifierAnswer[]> {
  const patience = new AbortController()
  const { signal } = patience
  const request = Object.freeze({ method, url, headers: toVerifierHeaders(headers), rawBody, signal })
  return withTimeout(askInTurns(), verifier.timeoutMs, settings.clock, () => {
    patience.abort()
    return timedOut(settings, verifier)
  })

  async function askInTurns(): Promise<readonly VerifierAnswer[]> {
    const answers: VerifierAnswer[] = []
    const { secrets, decoys } = selected
    for (const secret of secrets) {
      const answer = await ask(secret)
      answers.push(answer)
      if (signal.aborted || (answer.proved && isUnexpired(secret, settings.clock))) return answers
    }
    // A request for an unknown tenant must take as long as any other.
    for (const decoy of decoys) if (!signal.aborted) await ask(decoy).catch(() => undefined)
    return answers
  }

  async function ask({ given }: PreparedSecret): Promise<VerifierAnswer> {
    let answer: unknown
    try {
      answer = await verifier.verify(request, given as string)
    } catch (thrown) {
      return { proved: undefined, refusal: refusalBy(thrown, settings) }
    }
    const proved = readAnswer(answer, request, settings)
    return { proved, refusal: undefined }
  }
}

/** SDKs throw for an invalid signature. Errors of JavaScript itself are more likely defects of the code, and get their own error code. */
function refusalBy(thrown: unknown, { scheme, warn }: VerificationSettings): WebhookVerificationError {
  if (isWebhookError(thrown)) {
    if (thrown.name === 'WebhookVerificationError') return thrown as WebhookVerificationError
    throw thrown
  }
  const fault = faultName(thrown)
  if (fault === undefined)
    return new WebhookVerificationError(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      'The verifier of the scheme threw, which says that nothing is proved; its own error is the cause.',
      { cause: thrown },
    )
  const { name } = scheme.descriptor
  warn(
    `The verifier of scheme "${name}" threw a ${fault}, and the request was refused. If genuine deliveries are refused so, it is a fault ` +
      'in verify; the error is the cause of what onRejected gets. If a sender can cause it, for example by leaving out a header, let verify return false then.',
  )
  return new WebhookVerificationError(
    'ERR_WEBHOOK_VERIFIER_FAILED',
    `The verifier of the scheme threw a ${fault}, so nothing is proved; its own error is the cause.`,
    { cause: thrown },
  )
}

const faultNames: readonly unknown[] = [
  'TypeError',
  'ReferenceError',
  'RangeError',
  'SyntaxError',
  'URIError',
  'EvalError',
]

/** The name of an error of the language, WebCrypto or Node; undefined for an SDK's own errors. */
function faultName(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  const { name, code } = thrown as { readonly name?: unknown; readonly code?: unknown }
  if (faultNames.includes(name)) return String(name)
  if (Object.prototype.toString.call(thrown) === '[object DOMException]') return 'DOMException'
  // Node's own errors have a code, such as ERR_OSSL_UNSUPPORTED for an invalid key.
  return name === 'Error' && typeof code === 'string' ? 'system error' : undefined
}

function readAnswer(
  answer: unknown,
  { rawBody }: VerifierRequest,
  { scheme, parse }: VerificationSettings,
): (ProvedContent & { readonly signed: Uint8Array }) | undefined {
  if (answer === undefined || answer === null || answer === false) return undefined
  const refuse = (problem: string): never => {
    const { name } = scheme.descriptor
    throw new WebhookConfigurationError('ERR_WEBHOOK_SCHEME_INVALID', `Scheme "${name}": ${problem}.`)
  }
  const proof = 'return { signed: rawBody }, or the bytes that the proof covers'
  if (typeof answer !== 'object') return refuse(`verify returned ${typeof answer}; ${proof}`)
  const { signed: given, id, idIsSigned, event, payload, timestamp } = answer as ProvedContent
  const signed = typeof given === 'string' ? encodeUtf8(given) : asBytes(given)
  if (!signed) return refuse(`verify returned no signed; ${proof}`)
  for (const [field, value] of Object.entries({ id, event }))
    if (value !== undefined && typeof value !== 'string')
      refuse(`verify returned an ${field} that is no text`)
  if (idIsSigned !== undefined && typeof idIsSigned !== 'boolean')
    refuse('verify returned an idIsSigned that is neither true nor false')
  checkTime(timestamp, refuse)
  if (payload === undefined && parse && !beginsOrEndsWith(signed, rawBody))
    refuse(
      'verify returned no payload, and signed neither begins nor ends with the raw body, so nothing says that the body is proved; ' +
        'return the payload that you read from what was signed',
    )
  // An empty id or name counts as none.
  return { signed, id: id || undefined, idIsSigned, event: event || undefined, payload, timestamp }
}

/** Before 1973 there were no webhooks: a number below that is in seconds. */
const earliestMs = 1e11

function checkTime(timestamp: unknown, refuse: (problem: string) => never): void {
  if (timestamp === undefined) return
  if (typeof timestamp !== 'number')
    refuse('verify returned a timestamp that is no number; give milliseconds since the epoch')
  if (!Number.isFinite(timestamp))
    throw new WebhookVerificationError(
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
      'The verifier read the signed time as no finite number of milliseconds.',
      { authentic: true },
    )
  if ((timestamp as number) < earliestMs)
    refuse('verify returned a timestamp in seconds; give milliseconds since the epoch')
}

function beginsOrEndsWith(whole: Uint8Array, part: Uint8Array): boolean {
  return isAt(0, whole, part) || isAt(whole.length - part.length, whole, part)
}

function isAt(start: number, whole: Uint8Array, part: Uint8Array): boolean {
  if (start < 0 || start + part.length > whole.length) return false
  for (let index = 0; index < part.length; index++) if (whole[start + index] !== part[index]) return false
  return true
}

function timedOut({ scheme }: VerificationSettings, { timeoutMs }: Verifier): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_VERIFIER_TIMEOUT',
    `The verifier of scheme "${scheme.descriptor.name}" took over ${timeoutMs} ms (verifyTimeoutMs); bound its network calls with request.signal.`,
  )
}
