import { WebhookConfigurationError } from '../errors.js'
import { checkedClock } from '../stores/checked-clock.js'
import type { InspectableStore } from '../stores/inspectable-store.js'
import { MemoryRecords } from './memory-records.js'

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** The most records it holds, 1 to 16,000,000. Default 1,000,000: about 200 MB with keys of 72 characters. */
  readonly maxEntries?: number
  /** Milliseconds from any start, finite and at once. Default `performance.now`: setting the wall clock ends no lease. */
  readonly now?: () => number
}

/** A dedupe store in the memory of this process. */
export interface MemoryStore extends InspectableStore {
  /** The records it holds, those included that are forgotten but not dropped yet. Never above `maxEntries`. */
  readonly size: number
}

/** A `Map` of V8 ends at 2^24 entries. */
const mostEntries = 16_000_000

/**
 * Remembers deliveries in memory: for one process, and gone with it. It answers at once and starts no timer.
 *
 * What is past its retention is dropped in bulk, within twice the longest retention. A full store makes room by the
 * record that has been free for longest: released, or claimed under a lease that has ended. Its next claim is attempt 1
 * again. Then by the completed record that is longest past its `acceptanceMs`. Where there is neither, `claim` and
 * `complete` throw DedupeStoreError `ERR_WEBHOOK_STORE_FULL`. It never drops a live claim, nor what failed, is held or
 * was acked.
 *
 * Every operation throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` where `now` gives no finite number.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` where `maxEntries` is not such an integer, or `now` no
 *   such clock
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
