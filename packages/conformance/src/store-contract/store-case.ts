import type { Clock, DedupeStore } from '@countersign/core'
import type { InspectableStore, MaybePromise, TransactionalStore } from '@countersign/core/stores'
import type { FakeClock } from '@countersign/testing'
import type { BackendFault } from './store-backend.js'

/** A capability that not every store has. */
export type Capability = 'shared' | 'inspectable' | 'transactional' | 'breakable' | 'bounded'

/** One rule that holds for every store with the capability it needs. */
export interface StoreCase {
  /** A sentence about what happens; unique. */
  readonly name: string
  readonly needs?: Capability
  readonly run: (tools: StoreTools) => Promise<void>
}

/** The tools of a case: its own records and its own clock. Its stores are closed when it ends. */
export interface StoreTools {
  /** Does not advance by itself. */
  readonly clock: FakeClock
  /** A store over the case's records that uses the clock. */
  store(): Promise<DedupeStore>
  /** Several instances over the same records; the same instance several times, if the store is not shared. */
  stores(count: number): Promise<readonly DedupeStore[]>
  /** A store over the case's records that uses its backend's own clock. */
  storeOnOwnClock(): Promise<DedupeStore>
  /** A store over the case's records that uses the given clock. */
  storeOnClock(clock: Pick<Clock, 'now' | 'monotonic'>): Promise<DedupeStore>
  inspectable(): Promise<InspectableStore>
  transactional(): Promise<TransactionalStore<never>>
  brokenStore(fault: BackendFault): Promise<DedupeStore>
  /** An empty store that uses the clock and holds at most `maxEntries` records. */
  boundedStore(maxEntries: number): Promise<DedupeStore>
  /** Runs a user's transaction over the case's records. */
  transact<T>(run: (transaction: never) => MaybePromise<T>): Promise<T>
}
