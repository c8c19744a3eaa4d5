import { equalBytes } from '#crypto'
import { WebhookVerificationError } from '../errors.js'
import type { Headers } from '../headers/read-header.js'
import type { ProvedContent } from '../schemes/verifier.js'
import { isUnexpired } from '../secrets/is-unexpired.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'
import type { SelectedSecrets } from '../secrets/resolve-secrets.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { DeliveryFields } from '../types.js'
import type { HeaderNames } from './read-names.js'
import type { Candidates } from './read-signature.js'
import type { HeaderTime } from './read-timestamp.js'

/** Everything that was read and nothing that was proved. */
export interface UnverifiedDelivery {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly candidates: Candidates
  readonly headerTime: HeaderTime | undefined
  readonly names: HeaderNames
  readonly selected: SelectedSecrets
  readonly rawBody: Uint8Array
  /** As Content-Length has it. */
  readonly announcedLength: number | undefined
}

/** What a custom scheme's verifier made of the request with one secret. */
export interface VerifierAnswer {
  readonly proved: (ProvedContent & { readonly signed: Uint8Array }) | undefined
  /** What it threw, as a refusal. */
  readonly refusal: WebhookVerificationError | undefined
}

/** What a secret gives: bytes that are compared with what was offered, or the answer of the scheme's own verifier. */
export type SecretResult = Uint8Array | VerifierAnswer

const mebibyte = 1024 * 1024
const longestPiece = 64 * 1024

/** What only {@link verifySignature} can make, and every later step asks for. */
export type SignedDelivery = Pick<UnverifiedDelivery, 'method' | 'headerTime' | 'names' | 'rawBody'> &
  Brand & {
    /** What a custom scheme's verifier proved; undefined for all other schemes. */
    readonly proved: VerifierAnswer['proved']
    readonly tenant: string | undefined
    /** Whose delivery it is where a resolver found the secret and named no tenant. */
    readonly unnamedTenant: PreparedSecret | undefined
    /** The one that proved it. */
    readonly secret: PreparedSecret
  }

/** The brand of a verified delivery: a property that exists in types alone. */
type Brand = { readonly [Key in Extract<keyof DeliveryFields, symbol>]: true }

/**
 * Proves who sent the bytes. Every signature is compared with what every secret gives, whether or not one has
 * matched, so that the time taken tells nothing.
 *
 * @param results what each secret gives for these bytes, in the order of the secrets, and then what the decoys give
 */
export function verifySignature(
  unverified: UnverifiedDelivery,
  results: readonly SecretResult[],
  { clock }: VerificationSettings,
): SignedDelivery {
  const { candidates, selected, method, names, rawBody } = unverified
  let valid: PreparedSecret | undefined
  let proved: VerifierAnswer['proved']
  let expired = false
  for (let index = 0; index < results.length; index++) {
    const result = results[index]
    const answer = result && 'proved' in result ? result : undefined
    const isOffered = answer ? answer.proved !== undefined : isAmong(candidates, result as Uint8Array)
    const secret = selected.secrets[index]
    if (!secret || !isOffered) continue
    if (!isUnexpired(secret, clock)) expired = true
    else if (!valid) [valid, proved] = [secret, answer?.proved]
  }
  if (!valid || selected.unknownTenant) throw refusal(expired, unverified, results)
  const { tenant } = selected
  const unnamedTenant = selected.isResolved && tenant === undefined ? valid : undefined
  const headerTime = provedTime(proved) ?? unverified.headerTime
  return {
    method,
    headerTime,
    names,
    rawBody,
    proved,
    tenant,
    unnamedTenant,
    secret: valid,
  } as SignedDelivery
}

/** As if a header stated it. */
function provedTime(proved: ProvedContent | undefined): HeaderTime | undefined {
  const time = proved?.timestamp
  return time === undefined ? undefined : { text: String(time), time }
}

/** Looks at all candidates, also past one that is equal. */
function isAmong(candidates: Candidates, expected: Uint8Array | undefined): boolean {
  let found = false
  for (const candidate of candidates) {
    if (expected && equalBytes(candidate, expected)) found = true
  }
  return found
}

function refusal(
  expired: boolean,
  { selected, rawBody, announcedLength }: UnverifiedDelivery,
  results: readonly SecretResult[],
): WebhookVerificationError {
  if (selected.unknownTenant) {
    return new WebhookVerificationError(
      'ERR_WEBHOOK_TENANT_UNKNOWN',
      'The secret resolver knows no tenant for this request.',
    )
  }
  if (expired) {
    return new WebhookVerificationError(
      'ERR_WEBHOOK_SECRET_EXPIRED',
      'The proof was made with a secret past its notAfter; give the sender the current one.',
    )
  }
  const refusals = results.flatMap((result) => ('refusal' in result ? (result.refusal ?? []) : []))
  const thrown = refusals.find(({ authentic }) => authentic) ?? refusals[0]
  if (thrown) return thrown
  return new WebhookVerificationError(
    'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    isPerhapsCut(rawBody, announcedLength)
      ? `No secret gives this signature for these bytes. ${rawBody.length} bytes came, without a length, at or just below a whole number ` +
          'of MiB: something before this endpoint may cut bodies there, as Next.js does at 10 MiB behind proxy.ts ' +
          '(raise experimental.proxyClientMaxBodySize). Else it is another secret, or a body changed on its way.'
      : 'No secret gives this signature for these bytes: another secret, or a body changed on its way.',
  )
}

/** Next.js drops the piece that would go past the limit whole, and Node.js reads pieces of up to 64 KiB. */
function isPerhapsCut({ length }: Uint8Array, announcedLength: number | undefined): boolean {
  const missing = Math.ceil(length / mebibyte) * mebibyte - length
  return announcedLength === undefined && length > 0 && missing < longestPiece
}
