import { collectBytes } from '../body/collect-bytes.js'
import { inflateGzip, isGzip } from '../encoding/gzip.js'
import { isWebhookError, WebhookVerificationError } from '../errors.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { BodyBudget, BodyLimits } from '../types.js'

/** Which bodies are decompressed at this step. */
export interface Decoding {
  /** What the sender signs; bodies of other schemes are not decompressed. */
  readonly signed: 'decoded' | 'as-sent'
  /** The budget of unverified bodies. */
  readonly budget?: BodyBudget | undefined
}

/**
 * Decompresses a body if its sender compresses: before verification if the sender signs the uncompressed body, after it if the
 * sender signs the compressed bytes. Gzip is recognised by the bytes (RFC 1952, section 2.3.1) and not by the header, which is
 * unsigned and may remain after a body parser has decompressed the body.
 *
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODIES_PENDING`, `ERR_WEBHOOK_BODY_ENCODED`
 */
export function decodeBody(
  body: Uint8Array,
  { signed, budget }: Decoding,
  { scheme, limits }: VerificationSettings,
): MaybePromise<Uint8Array> {
  if (scheme.descriptor.contentEncoding !== signed || !isGzip(body)) return body
  return inflate(body, budget ? { ...limits, budget } : limits, signed === 'as-sent')
}

async function inflate(body: Uint8Array, limits: BodyLimits, authentic: boolean): Promise<Uint8Array> {
  const bytes = collectBytes(limits)
  try {
    await inflateGzip(body, (piece) => bytes.add(piece))
  } catch (error) {
    if (isWebhookError(error)) throw error
    throw new WebhookVerificationError(
      'ERR_WEBHOOK_BODY_ENCODED',
      'The body begins as gzip and cannot be decompressed; it was cut off or changed on its way.',
      { authentic, cause: error },
    )
  }
  return bytes.join()
}
