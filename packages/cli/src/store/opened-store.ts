import type { InspectableStore } from '@countersign/core/stores'

/** A store, and the connection that the command opened for it. */
export interface OpenedStore {
  readonly store: InspectableStore & {
    /** Missing if the database expires records itself. */
    prune?(options?: { readonly limit?: number }): Promise<number>
  }
  /** Creates or updates the table; missing if the database has no tables. */
  migrate?(): Promise<Migration>
  close(): Promise<void>
}

/** What a migration had to do. */
export type Migration = 'created' | 'updated' | 'unchanged'

/** Names that a store is opened with; each opener uses those of its database. */
export interface StoreNames {
  readonly table?: string | undefined
  readonly prefix?: string | undefined
}

/** What a store is opened for. */
export interface Opening {
  /** The table need not exist: the migration creates it. */
  readonly isMigration?: boolean
}

/** Makes a store. If that throws, closes the connection, which would keep the process alive. */
export async function makeStoreOrClose<Store extends OpenedStore['store']>({
  makeStore,
  close,
}: {
  readonly makeStore: () => Store
  readonly close: () => Promise<void>
}): Promise<OpenedStore & { readonly store: Store }> {
  try {
    return { store: makeStore(), close }
  } catch (error) {
    await close()
    throw error
  }
}
