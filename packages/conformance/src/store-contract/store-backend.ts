import type { Clock, DedupeStore, MaybePromise } from '@countersign/core'

/** What is wrong with a backend: nothing listens there, it answers nonsense, or it takes the question and never answers. */
export type BackendFault = 'down' | 'rubbish' | 'silent'

/** The backend of a store under test, and ways to it. */
export interface StoreBackend {
  /**
   * A new instance. Instances with the same `space` (letters and digits) share their records, where the store is `shared`
   * at all; others see nothing of them. With a clock, everything goes by that; without, by the backend's own.
   */
  createStore(options: {
    readonly space: string
    readonly clock?: Pick<Clock, 'now' | 'monotonic'>
  }): MaybePromise<DedupeStore>
  /** A store whose backend has this fault. Only a store that is not shared may do without. */
  createBrokenStore?(fault: BackendFault): MaybePromise<DedupeStore>
  /** For stores that hold a limited number of records: a new one with that limit, otherwise as `createStore` makes it. */
  createBoundedStore?(options: {
    readonly space: string
    readonly clock: Pick<Clock, 'now' | 'monotonic'>
    readonly maxEntries: number
  }): MaybePromise<DedupeStore>
  /**
   * For transactional stores: runs `run` in a transaction of the user's own over the same backend, commits when it returns or
   * resolves, else rolls back and rethrows.
   */
  transact?<T>(space: string, run: (transaction: never) => MaybePromise<T>): Promise<T>
  /** Closes all connections, and what was started for the test. */
  stop(): MaybePromise<void>
}
