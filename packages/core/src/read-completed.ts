import { callStore } from './call-store.js'
import { isTransactional } from './dedupe/transactional-store.js'
import type { ReceiverSettings } from './receiver-settings.js'
import type { Claim } from './steps/claim-delivery.js'

/**
 * Whether the claim is completed and that is committed, as seen from outside of the handler's own transaction.
 *
 * @throws DedupeStoreError
 */
export async function readCompleted({ key, token }: Claim, settings: ReceiverSettings): Promise<boolean> {
  const { store } = settings
  if (!isTransactional(store)) return false
  return callStore('read the completion', () => store.isCompleted({ key, token }), settings)
}
