import type { MaybePromise } from '../promises/maybe-promise.js'
import type { DedupeStore } from './dedupe-store.js'

/**
 * What a record is to an operator.
 *
 * - `claimed`, `acked`: someone is at work, under a live lease; with `acked` the sender was answered 2xx already.
 * - `free`: released, or cut off when its lease ended; the sender's next attempt runs.
 * - `orphaned`: acked, and its lease has ended: the sender will not come again.
 * - `held`: cut off, and claimed with `hold`: nothing runs it by itself.
 * - `failed`: given up, and kept.
 * - `completed`: done, and remembered for its retention.
 */
export type RecordState = 'free' | 'claimed' | 'acked' | 'orphaned' | 'held' | 'failed' | 'completed'

/** A delivery as a store remembers it. */
export interface DeliveryRecord {
  /** What {@link DedupeStore.forget} takes: the delivery's `idempotencyKey`. */
  readonly key: string
  readonly state: RecordState
  /** The event's name, as the last attempt's claim gave it. */
  readonly event: string | undefined
  /** How often a handler got the event: the claims that were granted, each once. */
  readonly attempts: number
  /**
   * How often the event came and no handler ran, since it was completed, failed or held already. What met a live lease is not
   * counted.
   */
  readonly copies: number
  /**
   * Why the last attempt failed, as `ERR_WEBHOOK_HANDLER_FAILED`; for `failed`, and for `free` where it was released after a
   * failure. Undefined in every other state, where the lease was cut off, and where nobody said why.
   */
  readonly lastCode: string | undefined
  /** Milliseconds until the lease ends; for `claimed` and `acked`. */
  readonly leaseLeftMs: number | undefined
  /**
   * Milliseconds since it failed, or since its lease ended; for `failed`, `held`, `orphaned`, and for `free` where it was cut off
   * or has a `lastCode`.
   */
  readonly sinceMs: number | undefined
}

/** Which records to list. */
export interface ListOptions {
  /** Default: all that are not `free` and not `completed`. */
  readonly states?: readonly RecordState[]
}

/** How many records there are of each state. */
export type RecordCounts = Readonly<Record<RecordState, number>>

/** A store that an operator can look into. What is past its retention is neither listed nor counted. */
export interface InspectableStore extends DedupeStore {
  /**
   * The records in no particular order, each at most once. One that changes meanwhile may be missing or be as it was.
   * Forgetting records while they are listed is in order.
   *
   * @throws DedupeStoreError from the iteration
   */
  list(options?: ListOptions): AsyncIterable<DeliveryRecord>

  /** @throws DedupeStoreError */
  count(): MaybePromise<RecordCounts>
}
