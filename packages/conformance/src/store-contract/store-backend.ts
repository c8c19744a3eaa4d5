import type { Clock, DedupeStore, MaybePromise } from '@countersign/core'

/** A fault of a backend: `down`: nothing listens there; `rubbish`: it answers nonsense; `silent`: it accepts a request and never answers. */
export type BackendFault = 'down' | 'rubbish' | 'silent'

/** The backend of a store under test, and how to create stores over it. */
export interface StoreBackend {
  /**
   * Creates an instance. Instances with the same `space` (letters and digits) share their records if the store is `shared`; others
   * do not see them. With a `clock`, the store takes all times from it (in milliseconds), otherwise from the backend's own clock.
   */
  createStore(options: {
    readonly space: string
    readonly clock?: Pick<Clock, 'now' | 'monotonic'>
  }): MaybePromise<DedupeStore>
  /** Creates a store whose backend has this fault. Required if the store is shared. */
  createBrokenStore?(fault: BackendFault): MaybePromise<DedupeStore>
  /** For stores that hold a limited number of records: creates one with that limit, otherwise like `createStore`. */
  createBoundedStore?(options: {
    readonly space: string
    readonly clock: Pick<Clock, 'now' | 'monotonic'>
    readonly maxEntries: number
  }): MaybePromise<DedupeStore>
  /**
   * Required for transactional stores: runs `run` in a user's transaction on the same backend. Commits if it returns or resolves,
   * otherwise rolls back and rethrows.
   */
  transact?<T>(space: string, run: (transaction: never) => MaybePromise<T>): Promise<T>
  /** Closes all connections, and stops what was started for the test. */
  stop(): MaybePromise<void>
}
