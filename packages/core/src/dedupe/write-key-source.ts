import { digestText } from '#crypto'
import { joinBytes } from '../encoding/join-bytes.js'
import { quoteText } from '../encoding/quote-text.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import { isPromise } from '../promises/maybe-promise.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { SignedDelivery } from '../steps/verify-signature.js'
import { joinSource, type KeySource } from './join-source.js'

/**
 * Writes endpoint, tenant and scheme: two of them may use the same ids for different events. If a resolver returned no
 * tenant, the digest of the secret that matched separates tenants.
 */
export function writeKeySource(
  { tenant, unnamedTenant }: SignedDelivery,
  settings: VerificationSettings,
): MaybePromise<KeySource> {
  if (!unnamedTenant && tenant === undefined) return settings.tenantlessSource
  const write = (owner: string) => joinSource(settings.endpoint, owner, settings.scheme)
  if (!unnamedTenant) return write(quoteText(tenant))
  const digest = digestText(joinBytes([encodeUtf8('countersign tenant\0'), unnamedTenant.bytes]))
  // A list, so that it never equals the name of a tenant.
  const writeDigest = (text: string) => write(JSON.stringify([text.slice(0, digestCharacters)]))
  return isPromise(digest) ? digest.then(writeDigest) : writeDigest(digest)
}

/** 96 bits: enough that no two secrets share them. */
const digestCharacters = 16
