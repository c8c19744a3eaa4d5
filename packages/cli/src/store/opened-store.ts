import type { InspectableStore } from '@countersign/core/stores'

/** A store that an operator works on, over a connection that the command has opened. */
export interface OpenedStore {
  readonly store: InspectableStore & {
    /** Missing where the database forgets by itself. */
    prune?(options?: { readonly limit?: number }): Promise<number>
  }
  /** Makes the table or brings it up to this version's; missing where there are no tables. */
  migrate?(): Promise<Migration>
  close(): Promise<void>
}

/** What a migration had to do. */
export type Migration = 'created' | 'updated' | 'unchanged'

/** What may be chosen about any store; each opener takes what it has a use for. */
export interface StoreNames {
  readonly table?: string | undefined
  readonly prefix?: string | undefined
}

/** What a store is opened for. */
export interface Opening {
  /** The table need not be there: it is to be made. */
  readonly isMigration?: boolean
}

/** Makes the store over an open connection, which is closed where the store refuses an option: it would keep the process. */
export async function openOver<Store extends OpenedStore['store']>({
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
