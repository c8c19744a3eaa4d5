import type { BackendFault, SearchClock, StoreBackend } from '@countersign/conformance'
import { DedupeStoreError } from '@countersign/core'
import { interceptStore } from '../../../src/store-contract/intercept-store.js'
import type { SimpleRecord } from '../../explorer/support/simple-store.js'
import { transact } from '../../explorer/support/transactional-store.js'
import { BoundedStore } from './bounded-stores.js'
import { SoundStore } from './sound-store.js'

export const ownClock: SearchClock = { now: () => performance.now(), monotonic: () => performance.now() }

/** Spaces in memory whose records several instances share. */
export function soundBackend(Store: typeof SoundStore = SoundStore): StoreBackend {
  const spaces = new Map<string, Map<string, SimpleRecord>>()
  return {
    createStore({ space, clock = ownClock }) {
      const records = spaces.get(space) ?? new Map<string, SimpleRecord>()
      spaces.set(space, records)
      return new Store(clock, records)
    },
    createBoundedStore: ({ clock, maxEntries }) => new BoundedStore(clock, maxEntries),
    createBrokenStore: (fault) => breakStore(new Store(ownClock), fault),
    transact: (_space, run) => transact((transaction) => run(transaction as never)),
    stop: () => spaces.clear(),
  }
}

/** The same store, of whose backend nothing is to be had. */
export function breakStore(store: SoundStore, fault: BackendFault): SoundStore {
  const answer = async () => {
    if (fault === 'silent') return new Promise<never>(() => {})
    throw new DedupeStoreError('ERR_WEBHOOK_STORE_UNAVAILABLE', `The ${store.name} store is broken`)
  }
  const broken = interceptStore(store, (operation, call) => (operation === 'close' ? call() : answer()))
  return Object.assign(Object.create(broken), {
    list: () => ({ [Symbol.asyncIterator]: () => ({ next: answer }) }),
  })
}
