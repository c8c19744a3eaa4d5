import { digestText } from '#crypto'
import { encodeUtf8 } from '../encoding/utf8.js'
import type { VerificationSettings } from '../verification-settings.js'
import type { DeliveryIdentity } from './identify-delivery.js'
import type { SignedDelivery } from './verify-signature.js'

/** Longer keys are replaced by their digest, so that a sender's long id cannot fill a store. */
const maxKeyLength = 512

/**
 * The key that deduplicates. It holds what was signed, or else the unsigned id beside the digest of what was signed;
 * and every unsigned header that reaches the handler, so that a captured request replayed under another one cannot
 * pass for the real event. A JSON array is the same text only for the same parts.
 */
export async function makeIdempotencyKey(
  { told, unsigned }: DeliveryIdentity,
  { tenant, rawBody }: SignedDelivery,
  { scheme, endpoint }: VerificationSettings,
): Promise<string | undefined> {
  if (!told) return undefined
  const digest = told.withDigest ? await digestText(rawBody) : null
  const parts = [told.kind, told.value ?? null, digest, ...unsigned]
  const key = JSON.stringify([endpoint ?? null, tenant ?? null, scheme.descriptor.name, ...parts])
  return key.length <= maxKeyLength ? key : digestText(encodeUtf8(key))
}
