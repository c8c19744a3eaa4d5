import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Claim } from '../steps/claim-delivery.js'
import type { CompleteRequest } from '../stores/dedupe-store.js'

/** Builds the argument of the store's `complete` from a claim and the receiver's settings. */
export function toCompleteRequest(
  { key, token, fingerprint, retentionMs }: Claim,
  { acceptanceMs }: ReceiverSettings,
): CompleteRequest {
  return { key, token, fingerprint, retentionMs, acceptanceMs }
}
