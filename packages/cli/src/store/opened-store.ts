import type { InspectableStore } from '@countersign/core/stores'

/** A store that an operator works on, over a connection that the command has opened. */
export interface OpenedStore {
  readonly store: InspectableStore & {
    /** Missing where the database forgets by itself. */
    prune?(options?: { readonly limit?: number }): Promise<number>
  }
  close(): Promise<void>
}

/** What may be chosen about any store; each opener takes what it has a use for. */
export interface StoreNames {
  readonly table?: string | undefined
  readonly prefix?: string | undefined
}

/** Makes the store over an open connection, which is closed where the store refuses an option: it would keep the process. */
export async function openOver({
  makeStore,
  close,
}: {
  readonly makeStore: () => OpenedStore['store']
  readonly close: () => Promise<void>
}): Promise<OpenedStore> {
  try {
    return { store: makeStore(), close }
  } catch (error) {
    await close()
    throw error
  }
}
