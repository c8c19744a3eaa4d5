import { digestText } from '#crypto'
import { joinBytes } from '../encoding/join-bytes.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import { isPromise } from '../promises/maybe-promise.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { SignedDelivery } from '../steps/verify-signature.js'

/** The part of a key that identifies the endpoint, tenant and scheme: the first elements of a JSON array. */
export type KeySource = string

/**
 * Writes endpoint, tenant and scheme: two of them may use the same ids for different events. If a resolver returned no
 * tenant, the digest of the secret that matched separates tenants.
 */
export function writeKeySource(
  { tenant, unnamedTenant }: SignedDelivery,
  { scheme, endpoint }: VerificationSettings,
): MaybePromise<KeySource> {
  const write = (owner: string) => `${quote(endpoint)},${owner},${JSON.stringify(scheme.descriptor.name)}`
  if (!unnamedTenant) return write(quote(tenant))
  const digest = digestText(joinBytes([encodeUtf8('countersign tenant\0'), unnamedTenant.bytes]))
  // A list, so that it never equals the name of a tenant.
  const writeDigest = (text: string) => write(JSON.stringify([text.slice(0, digestCharacters)]))
  return isPromise(digest) ? digest.then(writeDigest) : writeDigest(digest)
}

/** 96 bits: enough that no two secrets share them. */
const digestCharacters = 16

function quote(text: string | undefined): string {
  return text === undefined ? 'null' : JSON.stringify(text)
}
