import { ok } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { DedupeStore } from '@countersign/core'
import type { InspectableStore, TransactionalStore } from '@countersign/core/stores'
import { createFakeClock } from '@countersign/testing'
import type { StoreBackend } from './store-backend.js'
import type { Capability, StoreTools } from './store-case.js'

/** Some day, so that no time of a store is 0 by chance. */
const start = Date.UTC(2026, 0, 15)

/** The tools of one run of a case, and their end. */
export function createStoreTools(
  backend: StoreBackend,
  capabilities: ReadonlySet<Capability>,
): { readonly tools: StoreTools; readonly close: () => Promise<void> } {
  const space = newSpace()
  const clock = createFakeClock({ now: start })
  const opened: DedupeStore[] = []
  const open = async (store: DedupeStore | Promise<DedupeStore>) => {
    opened.push(await store)
    return store
  }
  const tools: StoreTools = {
    clock,
    store: () => open(backend.createStore({ space, clock })),
    async stores(count) {
      const first = await tools.store()
      const others = Array.from({ length: count - 1 }, () =>
        capabilities.has('shared') ? tools.store() : first,
      )
      return [first, ...(await Promise.all(others))]
    },
    storeOnOwnClock: () => open(backend.createStore({ space })),
    storeOnClock: (given) => open(backend.createStore({ space, clock: given })),
    inspectable: () => tools.store() as Promise<InspectableStore>,
    transactional: () => tools.store() as Promise<TransactionalStore<never>>,
    async brokenStore(fault) {
      ok(backend.createBrokenStore)
      return open(backend.createBrokenStore(fault))
    },
    async boundedStore(maxEntries) {
      ok(backend.createBoundedStore)
      return open(backend.createBoundedStore({ space, clock, maxEntries }))
    },
    async transact(run) {
      ok(backend.transact)
      return backend.transact(space, run)
    },
  }
  const close = async () => {
    for (const store of opened) await store.close?.()
  }
  return { tools, close }
}

/** A name for records that nobody else has. */
export function newSpace(): string {
  return `t${randomBytes(8).toString('hex')}`
}
