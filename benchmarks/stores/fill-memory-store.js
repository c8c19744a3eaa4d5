// A separate program: measure-memory-store.js runs it with --expose-gc.
import { memoryStore } from '@countersign/core'
import { makeRequests } from './make-requests.js'

/** @typedef {import('@countersign/core').MemoryStore} Store */
/** @typedef {ReturnType<ReturnType<typeof makeRequests>>} Request */

const ids = Number(process.argv[2])
const maxEntries = ids + 1

warmUp()
/** The number of live claims with 3,000 deliveries a second and handlers of 30 s. */
const live = Math.min(ids, 100_000)
const figures = {
  ids,
  live,
  claimsPerSecond: perSecond(() => memoryStore({ maxEntries }), live, claim),
  claimsPerSecondUpToIds: perSecond(() => memoryStore({ maxEntries }), ids, claim),
  eventsPerSecond: perSecond(() => memoryStore({ maxEntries }), ids, claimAndComplete),
  bytesPerId: measureBytes(),
}
console.log(JSON.stringify(figures))

function warmUp() {
  const store = memoryStore()
  const next = makeRequests('warm')
  for (let turn = 0; turn < 20_000; turn++) {
    claimAndComplete(store, next())
  }
}

/**
 * Measures how fast new stores do an operation for all ids.
 *
 * @param {() => Store} create
 * @param {number} size how many ids one store gets
 * @param {(store: Store, request: Request) => void} run
 */
function perSecond(create, size, run) {
  // Creates the requests in advance, so that it does not measure this; in slices, so that they do not fill the heap.
  const slice = Math.min(size, 50_000)
  const next = makeRequests('speed')
  let ns = 0n
  let done = 0
  while (done < ids) {
    const store = create()
    for (let held = 0; held < size; held += slice, done += slice) {
      const requests = Array.from({ length: slice }, next)
      const start = process.hrtime.bigint()
      for (const request of requests) run(store, request)
      ns += process.hrtime.bigint() - start
    }
  }
  return Math.round(done / (Number(ns) / 1e9))
}

/**
 * @param {Store} store
 * @param {Request} request
 */
function claim(store, request) {
  store.claim(request)
}

/**
 * @param {Store} store
 * @param {Request} request
 */
function claimAndComplete(store, request) {
  store.claim(request)
  store.complete(request)
}

function measureBytes() {
  const store = memoryStore({ maxEntries })
  const next = makeRequests('bytes')
  const before = usedBytes()
  for (let id = 0; id < ids; id++) {
    claimAndComplete(store, next())
  }
  const bytes = (usedBytes() - before) / ids
  if (store.size !== ids) throw new Error(`The store holds ${store.size} ids, not ${ids}.`)
  return bytes
}

function usedBytes() {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
