import { callStore } from '../dedupe/call-store.js'
import { leaseLostError } from '../dedupe/lease-lost-error.js'
import { readCompleted } from '../dedupe/read-completed.js'
import type { WebhookError } from '../errors.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Claim } from './claim-delivery.js'

/**
 * Marks a claim as acked before the response is sent: after it the sender does not retry, so work that fails is kept for the
 * operator. A claim that the handler's own transaction has completed already needs no mark.
 *
 * @param claim undefined if there is none; then nothing is kept either
 * @param isInTransaction the handler called `completeIn`
 * @returns why it is not acked; undefined if it is
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
