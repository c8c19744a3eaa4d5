import { WebhookConfigurationError } from '../errors.js'
import { defineScheme, type Scheme, type SchemeDescriptor, type WebhookEvent } from './scheme.js'
import { placeVerifier, type SignRequest, type VerifyRequest } from './verifier.js'

/** What of a descriptor says how a proof is made. In a custom scheme that is the verifier's. */
type ProofFields = 'signature' | 'signedContent' | 'url' | 'secret'

/**
 * A custom scheme: the code that checks the proof, and as data all that a descriptor says beside it. Pointers of `eventId`,
 * `eventType`, `deliveryId` and `identity` point into the payload, whoever has read it. A `timestamp` must be covered by the proof.
 */
export interface CustomSchemeOptions extends Omit<SchemeDescriptor, ProofFields> {
  /**
   * Proves one request with one secret, best with the sender's own SDK. It is asked for each secret in turn until one proves
   * the request. What it must guarantee is in docs/schemes/custom-scheme.md.
   */
  readonly verify: VerifyRequest
  /**
   * Headers without which there is no proof, the signature's first. A request where one is absent, empty or repeated is refused
   * before its body is read, and `verify` need not look for that.
   */
  readonly proofHeaders?: readonly string[]
  /**
   * Signs as the sender does, for tests: `createSender`, `checkReceiver` and the adapter contract need it. A receiver never calls it.
   */
  readonly sign?: SignRequest
  /** Milliseconds the verifier may take, for all secrets together; then the request is answered 503. Default 5,000. */
  readonly verifyTimeoutMs?: number
}

const defaultTimeoutMs = 5_000
/** Timers with a longer delay fire at once. */
const longestTimerMs = 2 ** 31 - 1

/**
 * A scheme whose proof only code can check: a sender whose own SDK must verify (Twilio, Discord, PayPal). Everything else,
 * claims, retries, time-outs, answers, is as for any other scheme. Where a descriptor can say how the sender signs,
 * describe it with `defineScheme` instead: a descriptor makes none of the mistakes that code can.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` naming the field and the fix
 *
 * @example
 * const acme = customScheme({
 *   name: 'acme',
 *   proofHeaders: ['Acme-Signature'],
 *   verify({ headers, rawBody }, secret) {
 *     const isValid = acmeSdk.verify(rawBody, headers.get('Acme-Signature') ?? '', secret)
 *     return isValid && { signed: rawBody }
 *   },
 *   eventId: { json: '/id' },
 *   eventType: { json: '/type' },
 * })
 */
export function customScheme<TEvent extends WebhookEvent = WebhookEvent>(
  options: CustomSchemeOptions,
): Scheme<TEvent> {
  const { verify, sign, proofHeaders, verifyTimeoutMs = defaultTimeoutMs, ...descriptor } = options ?? {}
  const refuse = (problem: string): never => {
    throw new WebhookConfigurationError('ERR_WEBHOOK_SCHEME_INVALID', `Scheme "${options?.name}": ${problem}`)
  }
  if (typeof verify !== 'function') refuse('verify must be a function: verify(request, secret) { ... }')
  if (sign !== undefined && typeof sign !== 'function') refuse('sign must be a function, or left out')
  if (typeof verifyTimeoutMs !== 'number' || !(verifyTimeoutMs > 0 && verifyTimeoutMs <= longestTimerMs))
    refuse(`verifyTimeoutMs must be a number of milliseconds above 0, and at most ${longestTimerMs}`)
  const strange = proofFields.find((field) => Object.hasOwn(descriptor, field))
  if (strange !== undefined) refuse(`${strange} is for schemes without code; verify decides it here`)
  return defineScheme<TEvent>({
    ...descriptor,
    ...placeVerifier({ verify, sign, timeoutMs: verifyTimeoutMs }),
    signature: { algorithm: 'custom', ...(proofHeaders && { headers: proofHeaders }) },
  })
}

const proofFields: readonly ProofFields[] = ['signature', 'signedContent', 'url', 'secret']
