import { WebhookConfigurationError } from '../errors.js'
import { storeFailure } from './store-failure.js'

/**
 * A store's option `now`, read with a check: a comparison with what is no number is false, so that a live claim would look
 * ended, and nothing would ever be forgotten.
 *
 * @param store the store's name
 * @param now milliseconds
 * @returns the same clock; it throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` where it gives no finite number later
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` where it is no function, or gives none now
 */
export function checkedClock(store: string, now: () => number): () => number {
  if (typeof now !== 'function' || !Number.isFinite(now())) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      `${store} store: now must be a function that gives a finite number of milliseconds at once, as Date.now does.`,
    )
  }
  return () => {
    const time = now()
    if (Number.isFinite(time)) return time
    const reason =
      'its option now gave no finite number. It must give milliseconds at once, as Date.now does.'
    throw storeFailure(store, 'read its clock', { reason })
  }
}
