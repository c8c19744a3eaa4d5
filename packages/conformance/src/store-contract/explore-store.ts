import type { DedupeStore } from '@countersign/core'
import { type CompleteRequest, isTransactional, type OwnedKey } from '@countersign/core/stores'
import {
  type Commit,
  type Exploration,
  type ExploreClaimsOptions,
  exploreClaims,
} from '../explorer/explore-claims.js'
import type { SearchClock } from '../explorer/run-histories.js'
import { newSpace } from './create-store-tools.js'
import type { StoreBackend } from './store-backend.js'
import { thenMaybe } from './transact.js'

/** How far an exploration goes; see {@link exploreClaims}. */
export type ExplorationBounds = Pick<ExploreClaimsOptions, 'attempts' | 'workers' | 'faults'>

/** Runs every history on one store, each with its own key prefix: a connection for each would be too many. */
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

/** The same store with prefixed keys, and without `close`. */
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

class Refused extends Error {}

/** Completes in a transaction that contains nothing else. Synchronous transactions lock the database, so they queue. */
function commitBy(transact: NonNullable<StoreBackend['transact']>, space: string): Commit {
  let last: Promise<unknown> = Promise.resolve()
  let mayOverlap = false
  return (store, request) => {
    const complete = (transaction: never) => {
      const completed = store.completeIn(transaction, request)
      mayOverlap = completed instanceof Promise
      return thenMaybe(completed, requireCompleted)
    }
    const commit = () => transact(space, complete).catch(falseIfRefused)
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

function falseIfRefused(error: unknown): false {
  if (error instanceof Refused) return false
  throw error
}
