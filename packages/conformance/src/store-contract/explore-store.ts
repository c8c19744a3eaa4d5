import type { CompleteRequest, DedupeStore } from '@countersign/core'
import type { OwnedKey, TransactionalStore } from '@countersign/core/stores'
import {
  type Commit,
  type Exploration,
  type ExploreClaimsOptions,
  exploreClaims,
} from '../explorer/explore-claims.js'
import type { SearchClock } from '../explorer/rehearse-histories.js'
import { newSpace } from './create-store-tools.js'
import type { StoreBackend } from './store-backend.js'
import { after } from './transact.js'

/** How far an exploration goes; see {@link exploreClaims}. */
export type ExplorationBounds = Pick<ExploreClaimsOptions, 'attempts' | 'workers' | 'faults'>

/** Takes one store through every history, each under keys of its own: a connection for each would be too many. */
export async function exploreStore(backend: StoreBackend, bounds: ExplorationBounds): Promise<Exploration> {
  const space = newSpace()
  let clock: SearchClock = { now: () => 0, monotonic: () => 0 }
  let histories = 0
  const store = await backend.createStore({
    space,
    clock: { now: () => clock.now(), monotonic: () => clock.monotonic() },
  })
  try {
    return await exploreClaims({
      attempts: 2,
      workers: 2,
      faults: 0,
      together: 32,
      thorough: false,
      ...bounds,
      ...(backend.transact && { commit: commitBy(backend.transact, space) }),
      createStore: (ownClock) => {
        clock = ownClock
        histories += 1
        return withPrefix(store, `${histories} `)
      },
    })
  } finally {
    await store.close?.()
  }
}

/** The same store under other keys; it is not closed with this. */
function withPrefix(store: DedupeStore, prefix: string): DedupeStore {
  const prefixed = <T extends { readonly key: string }>(request: T): T => ({
    ...request,
    key: prefix + request.key,
  })
  return {
    name: store.name,
    shared: store.shared,
    claim: (request) => store.claim(prefixed(request)),
    extend: (request) => store.extend(prefixed(request)),
    acknowledge: (request) => store.acknowledge(prefixed(request)),
    complete: (request) => store.complete(prefixed(request)),
    release: (request) => store.release(prefixed(request)),
    fail: (request) => store.fail(prefixed(request)),
    forget: (request) => store.forget(prefixed(request)),
    ...(isTransactional(store) && {
      completeIn: (transaction: unknown, request: CompleteRequest) =>
        store.completeIn(transaction, prefixed(request)),
      isCompleted: (request: OwnedKey) => store.isCompleted(prefixed(request)),
    }),
  }
}

function isTransactional(store: DedupeStore): store is TransactionalStore {
  return 'completeIn' in store && 'isCompleted' in store
}

class Refused extends Error {}

/** A transaction that holds nothing but the completion. One that answers at once locks the database, so they queue. */
function commitBy(transact: NonNullable<StoreBackend['transact']>, space: string): Commit {
  let last: Promise<unknown> = Promise.resolve()
  let mayOverlap = false
  return (store, request) => {
    const complete = (transaction: never) => {
      const completed = store.completeIn(transaction, request)
      mayOverlap = completed instanceof Promise
      return after(completed, requireCompleted)
    }
    const commit = () => transact(space, complete).catch(refusedOrThrown)
    if (mayOverlap) return commit()
    const mine = last.then(commit)
    last = mine.catch(() => undefined)
    return mine
  }
}

function requireCompleted(completed: boolean): true {
  if (!completed) throw new Refused()
  return true
}

function refusedOrThrown(error: unknown): false {
  if (error instanceof Refused) return false
  throw error
}
