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

/** Everything that was read from a request, none of it verified. */
export interface UnverifiedDelivery {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly candidates: Candidates
  readonly headerTime: HeaderTime | undefined
  readonly names: HeaderNames
  readonly selected: SelectedSecrets
  readonly rawBody: Uint8Array
  /** The value of Content-Length. */
  readonly announcedLength: number | undefined
}

/** The result of a custom scheme's verifier with one secret. */
export interface VerifierAnswer {
  readonly proved: (ProvedContent & { readonly signed: Uint8Array }) | undefined
  /** The error it threw, as a refusal. */
  readonly refusal: WebhookVerificationError | undefined
}

/** The result for one secret: the expected bytes, to compare with the candidates, or the result of the scheme's own verifier. */
export type SecretResult = Uint8Array | VerifierAnswer

const mebibyte = 1024 * 1024
const longestPiece = 64 * 1024

/** Only {@link verifySignature} creates it, and every later step requires it: unverified bytes cannot get past by mistake. */
export type SignedDelivery = Pick<UnverifiedDelivery, 'method' | 'headerTime' | 'names' | 'rawBody'> &
  Brand & {
    /** What a custom scheme's verifier proved; undefined for all other schemes. */
    readonly proved: VerifierAnswer['proved']
    readonly tenant: string | undefined
    /** The secret that identifies the tenant, if a resolver found it and returned no tenant. */
    readonly unnamedTenant: PreparedSecret | undefined
    /** The secret that matched. */
    readonly secret: PreparedSecret
  }

/** The brand of a verified delivery: a property that exists in types alone. */
type Brand = { readonly [Key in Extract<keyof DeliveryFields, symbol>]: true }

/**
 * Verifies who sent the bytes. Every signature is compared with the MAC of every secret, even after a match, so that the
 * time taken reveals nothing about the secrets.
 *
 * @param results for each secret, in their order, and then for the decoys
 */
export function verifySignature(
  unverified: UnverifiedDelivery,
  results: readonly SecretResult[],
  { clock, scheme }: VerificationSettings,
): SignedDelivery {
  const hasVerifier = scheme.verifier !== undefined
  const { candidates, selected, method, names, rawBody } = unverified
  let valid: PreparedSecret | undefined
  let proved: VerifierAnswer['proved']
  let expired = false
  for (let index = 0; index < results.length; index++) {
    const result = results[index]
    const answer = hasVerifier ? (result as VerifierAnswer) : undefined
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

/** The timestamp that a verifier returned, like one of a header. */
function provedTime(proved: ProvedContent | undefined): HeaderTime | undefined {
  const time = proved?.timestamp
  return time === undefined ? undefined : { text: String(time), time }
}

/** Compares all candidates, also after a match: the time must not reveal which one matched. */
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

/** Next.js drops the whole chunk that exceeds its limit, and Node.js reads chunks of up to 64 KiB. */
function isPerhapsCut({ length }: Uint8Array, announcedLength: number | undefined): boolean {
  const missing = Math.ceil(length / mebibyte) * mebibyte - length
  return announcedLength === undefined && length > 0 && missing < longestPiece
}
