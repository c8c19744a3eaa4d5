import { digestText } from '#crypto'
import type { MaybePromise } from '../dedupe/dedupe-store.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import { isPromise } from '../is-promise.js'
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
export function makeIdempotencyKey(
  identity: DeliveryIdentity,
  signed: SignedDelivery,
  settings: VerificationSettings,
): MaybePromise<string | undefined> {
  if (!identity.told) return undefined
  if (!identity.told.withDigest) return join(identity, null, signed, settings)
  const digest = digestText(signed.rawBody)
  if (!isPromise(digest)) return join(identity, digest, signed, settings)
  return digest.then((text) => join(identity, text, signed, settings))
}

function join(
  { told, unsigned: [event, attributes] }: DeliveryIdentity,
  digest: string | null,
  { tenant }: SignedDelivery,
  { scheme, endpoint }: VerificationSettings,
): MaybePromise<string> {
  const source = `${quote(endpoint)},${quote(tenant)},${quote(scheme.descriptor.name)}`
  const identity = `${quote(told?.kind)},${quote(told?.value)},${quote(digest)}`
  const key = `[${source},${identity},${quote(event)},${JSON.stringify(attributes)}]`
  return key.length <= maxKeyLength ? key : digestText(encodeUtf8(key))
}

function quote(text: string | null | undefined): string {
  return text === undefined || text === null ? 'null' : JSON.stringify(text)
}
