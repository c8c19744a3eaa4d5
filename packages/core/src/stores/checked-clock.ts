import { WebhookConfigurationError } from '../errors.js'
import { storeFailure } from './store-failure.js'

/**
 * Checks a store's option `now`, at creation and at each reading. Comparisons with NaN are false: with such a clock a live
 * claim would look ended, and no record would expire.
 *
 * @param store the store's name, for messages
 * @param now returns milliseconds
 * @returns the same clock; it throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` if `now` later returns no finite number
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` if `now` is not a function, or does not return a finite number
 *
 * @example
 * const now = checkedClock('mongodb', Date.now)
 * const leaseEndsAt = now() + 30_000
 */
export function checkedClock(store: string, now: () => number): () => number {
  if (typeof now !== 'function' || !Number.isFinite(now())) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      `${store} store: now must be a function that returns a finite number of milliseconds, as Date.now does.`,
    )
  }
  return () => {
    const time = now()
    if (Number.isFinite(time)) return time
    const reason = 'its option now returned no finite number. It must return milliseconds, as Date.now does.'
    throw storeFailure(store, 'read its clock', { reason })
  }
}
