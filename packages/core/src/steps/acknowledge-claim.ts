import { callStore } from '../dedupe/call-store.js'
import { leaseLostError } from '../dedupe/lease-lost-error.js'
import { readCompleted } from '../dedupe/read-completed.js'
import type { WebhookError } from '../errors.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Claim } from './claim-delivery.js'

/**
 * Marks a claim as answered before its sender is: from then on nobody comes again, and work that does not come to a
 * good end is kept for the operator. What the handler's own transaction has completed by then needs no mark.
 *
 * @param claim undefined where there is none; then nothing is kept either
 * @param isInTransaction the handler wrote the completion into a transaction of its own
 * @returns why it is not acked, where it is not
 */
export async function acknowledgeClaim(
  claim: Claim | undefined,
  isInTransaction: boolean,
  settings: ReceiverSettings,
): Promise<WebhookError | undefined> {
  if (!claim) return undefined
  try {
    const { key, token } = claim
    const acked = await callStore('acknowledge', () => settings.store.acknowledge({ key, token }), settings)
    if (acked || (isInTransaction && (await readCompleted(claim, settings)))) return undefined
    return leaseLostError()
  } catch (error) {
    return error as WebhookError
  }
}
