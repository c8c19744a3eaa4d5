import type { CompleteRequest } from './dedupe/dedupe-store.js'
import type { ReceiverSettings } from './receiver-settings.js'
import type { Claim } from './steps/claim-delivery.js'

/** What a claim's completion leaves behind, by the receiver's settings. */
export function completeRequest(
  { key, token, fingerprint, retentionMs }: Claim,
  { acceptanceMs }: ReceiverSettings,
): CompleteRequest {
  return { key, token, fingerprint, retentionMs, acceptanceMs }
}
