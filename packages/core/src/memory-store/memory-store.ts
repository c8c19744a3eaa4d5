import { WebhookConfigurationError } from '../errors.js'
import { checkedClock } from '../stores/checked-clock.js'
import type { InspectableStore } from '../stores/inspectable-store.js'
import { MemoryRecords } from './memory-records.js'

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** The largest number of records, 1 to 16,000,000. Default 1,000,000: about 200 MB with keys of 72 characters. */
  readonly maxEntries?: number
  /** Returns milliseconds from an arbitrary start. Default `performance.now`, so that a change of the wall clock ends no lease. */
  readonly now?: () => number
}

/** A dedupe store in the memory of this process. */
export interface MemoryStore extends InspectableStore {
  /** The number of records held, including expired ones that are not dropped yet. Never above `maxEntries`. */
  readonly size: number
}

/** A `Map` of V8 holds at most 2^24 entries. */
const mostEntries = 16_000_000

/**
 * Creates a store that remembers deliveries in the memory of this process. It is synchronous and starts no timer.
 *
 * Expired records are dropped in bulk, within twice the longest retention. A full store first evicts the record that has
 * been free for longest: released, or claimed under a lease that has ended; the next claim of its key is attempt 1 again.
 * After those it evicts the completed record that is longest past its `acceptanceMs`. If there is neither, `claim` and
 * `complete` throw DedupeStoreError `ERR_WEBHOOK_STORE_FULL`. It never evicts a live claim, nor a record that failed, is
 * held or was acked.
 *
 * Every operation throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` if `now` returns no finite number.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` if `maxEntries` or `now` is invalid
 *
 * @example
 * const store = memoryStore({ maxEntries: 100_000 })
 * const receiver = createReceiver({ endpoint: 'tickets', scheme: visibuild(), secret: process.env.VISIBUILD_SECRET, store })
 */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const { maxEntries = 1_000_000, now = () => performance.now() } = options
  if (!Number.isInteger(maxEntries) || maxEntries < 1 || maxEntries > mostEntries) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      `memoryStore: maxEntries must be an integer from 1 to ${mostEntries}`,
    )
  }
  return new MemoryRecords(maxEntries, checkedClock('memory', now))
}
