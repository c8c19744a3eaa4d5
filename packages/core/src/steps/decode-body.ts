import { bodyTooLarge } from '../body-errors.js'
import type { MaybePromise } from '../dedupe/dedupe-store.js'
import { inflateGzip, isGzip } from '../encoding/gzip.js'
import { WebhookVerificationError } from '../errors.js'
import type { VerificationSettings } from '../verification-settings.js'

/**
 * Decompresses a body where its sender compresses: before the proof if the sender signs what it compresses, after the proof
 * if it signs what it sends. The bytes say whether they are gzip (RFC 1952, section 2.3.1), and not a header, which nobody
 * signs and which may still be there when a body parser has decompressed the body already.
 *
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODY_ENCODED`
 */
export function decodeBody(
  body: Uint8Array,
  { signed, authentic }: { readonly signed: 'decoded' | 'as-sent'; readonly authentic: boolean },
  { scheme, limits }: VerificationSettings,
): MaybePromise<Uint8Array> {
  if (scheme.descriptor.contentEncoding !== signed || !isGzip(body)) return body
  return inflate(body, limits.maxBodyBytes, authentic)
}

async function inflate(body: Uint8Array, maxBodyBytes: number, authentic: boolean): Promise<Uint8Array> {
  let inflated: Uint8Array | undefined
  try {
    inflated = await inflateGzip(body, maxBodyBytes)
  } catch {
    throw new WebhookVerificationError(
      'ERR_WEBHOOK_BODY_ENCODED',
      'The body begins as gzip and cannot be decompressed; it was cut off or changed on its way.',
      { authentic },
    )
  }
  if (!inflated) throw bodyTooLarge(maxBodyBytes)
  return inflated
}
