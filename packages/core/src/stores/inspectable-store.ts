import type { MaybePromise } from '../promises/maybe-promise.js'
import type { DedupeStore } from './dedupe-store.js'

/**
 * The state of a record, as an operator sees it.
 *
 * - `claimed`, `acked`: being handled, under a live lease; with `acked` the sender already got a 2xx.
 * - `free`: released, or cut off when its lease ended; the sender's next attempt runs.
 * - `orphaned`: acked, and its lease has ended: the sender will not retry.
 * - `held`: cut off, and claimed with `hold`: it does not run again automatically.
 * - `failed`: failed permanently, and kept.
 * - `completed`: done, and remembered for its retention.
 */
export type RecordState = 'free' | 'claimed' | 'acked' | 'orphaned' | 'held' | 'failed' | 'completed'

/** A delivery's record, as {@link InspectableStore.list} returns it. */
export interface DeliveryRecord {
  /** The delivery's `idempotencyKey`: the argument of {@link DedupeStore.forget}. */
  readonly key: string
  readonly state: RecordState
  /** The event's name, from the claim of the last attempt. */
  readonly event: string | undefined
  /** The number of handler runs: the claims that were granted. */
  readonly attempts: number
  /**
   * The number of deliveries that arrived after the event was completed, failed or held, so that no handler ran. Deliveries that
   * met a live lease are not counted.
   */
  readonly copies: number
  /**
   * The error code of the last attempt, such as `ERR_WEBHOOK_HANDLER_FAILED`; for `failed`, and for `free` if it was released after
   * a failure. Undefined in every other state, if the lease was cut off, and if no code was passed.
   */
  readonly lastCode: string | undefined
  /** Milliseconds until the lease ends; for `claimed` and `acked`. */
  readonly leaseLeftMs: number | undefined
  /**
   * Milliseconds since the failure, or since the end of the lease; for `failed`, `held`, `orphaned`, and for `free` if it was cut
   * off or has a `lastCode`.
   */
  readonly sinceMs: number | undefined
}

/** Options of {@link InspectableStore.list}. */
export interface ListOptions {
  /** The states to list. Default: all except `free` and `completed`. */
  readonly states?: readonly RecordState[]
}

/** The number of records in each state. */
export type RecordCounts = Readonly<Record<RecordState, number>>

/** A store whose records an operator can list and count. Records past their retention are left out. */
export interface InspectableStore extends DedupeStore {
  /**
   * Lists the records in no particular order, each at most once. A record that changes meanwhile may be missing or outdated.
   * Forgetting records during the iteration is allowed.
   *
   * @throws DedupeStoreError from the iteration
   */
  list(options?: ListOptions): AsyncIterable<DeliveryRecord>

  /** @throws DedupeStoreError */
  count(): MaybePromise<RecordCounts>
}
