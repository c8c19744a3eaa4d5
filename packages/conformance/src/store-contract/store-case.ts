import type { Clock, DedupeStore } from '@countersign/core'
import type { InspectableStore, MaybePromise, TransactionalStore } from '@countersign/core/stores'
import type { FakeClock } from '@countersign/testing'
import type { BackendFault } from './store-backend.js'

/** What not every store has. */
export type Capability = 'shared' | 'inspectable' | 'transactional' | 'breakable' | 'bounded'

/** One thing that holds for every store that has what the case needs. */
export interface StoreCase {
  /** A sentence about what happens; unique. */
  readonly name: string
  readonly needs?: Capability
  readonly run: (tools: StoreTools) => Promise<void>
}

/** What a case works with: records of its own, and a time of its own. Its stores are closed when it ends. */
export interface StoreTools {
  /** It stands still until it is told otherwise. */
  readonly clock: FakeClock
  /** A store that goes by the clock, over the case's records. */
  store(): Promise<DedupeStore>
  /** Several instances over the same records; one of them several times, where the store is not shared. */
  stores(count: number): Promise<readonly DedupeStore[]>
  /** A store over the case's records that goes by its backend's own time. */
  storeOnOwnClock(): Promise<DedupeStore>
  /** A store over the case's records that goes by this clock. */
  storeOnClock(clock: Pick<Clock, 'now' | 'monotonic'>): Promise<DedupeStore>
  inspectable(): Promise<InspectableStore>
  transactional(): Promise<TransactionalStore<never>>
  brokenStore(fault: BackendFault): Promise<DedupeStore>
  /** A store that goes by the clock and holds at most so many records, none of them yet. */
  boundedStore(maxEntries: number): Promise<DedupeStore>
  /** A transaction of the user's own, over the case's records. */
  transact<T>(run: (transaction: never) => MaybePromise<T>): Promise<T>
}
