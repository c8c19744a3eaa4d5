import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Claim } from '../steps/claim-delivery.js'
import { isTransactional } from '../stores/transactional-store.js'
import { callStore } from './call-store.js'

/**
 * Reads whether the claim's completion is committed, outside of the handler's transaction.
 *
 * @throws DedupeStoreError
 */
export async function readCompleted({ key, token }: Claim, settings: ReceiverSettings): Promise<boolean> {
  const { store } = settings
  if (!isTransactional(store)) return false
  return callStore('read the completion', () => store.isCompleted({ key, token }), settings)
}
