// A separate program: grow-memory-store.js runs it with --expose-gc.
import { memoryStore } from '@countersign/core'
import { spreadOf } from '../statistics.js'
import { makeRequests } from './make-requests.js'

/** @typedef {import('@countersign/core').MemoryStore} Store */
/** @typedef {ReturnType<ReturnType<typeof makeRequests>>} Request */

const ids = Number(process.argv[2])
/** Live claims with 3,000 deliveries a second and handlers of 30 s. */
const live = 100_000
/** A receiver holds few requests at once: so few that they die before the garbage collector moves them. */
const batch = 1_000
const maxEntries = Math.max(ids, live) + 1

warmUp()
const claimNs = measureClaims()
console.log(JSON.stringify({ ids, claimNs, ...grow() }))

function warmUp() {
  const store = memoryStore()
  const next = makeRequests('warm')
  for (let turn = 0; turn < 50_000; turn++) claimAndComplete(store, next())
}

/** New stores get live claims; each store is one part of the spread. */
function measureClaims() {
  const next = makeRequests('claims')
  const times = []
  for (let round = 0; round < 7; round++) {
    const store = memoryStore({ maxEntries })
    let ns = 0
    for (let held = 0; held < live; held += batch) ns += nsOf(store, next, claim)
    times.push(ns / live)
  }
  return spreadOf(times)
}

/** One store grows to all ids; each tenth of them is one part of the spread. */
function grow() {
  const store = memoryStore({ maxEntries })
  const next = makeRequests('grow')
  const before = usedBytes()
  const part = Math.floor(ids / 10)
  const times = []
  for (let id = 0; id < ids; id += part) {
    let ns = 0
    for (let done = 0; done < part; done += batch) ns += nsOf(store, next, claimAndComplete)
    times.push(ns / part)
  }
  if (store.size !== ids) throw new Error(`The store holds ${store.size} ids, not ${ids}.`)
  return { eventNs: spreadOf(times), bytesPerId: (usedBytes() - before) / ids }
}

/**
 * The time for a batch of requests, which are created before.
 *
 * @param {Store} store
 * @param {() => Request} next
 * @param {(store: Store, request: Request) => void} run
 */
function nsOf(store, next, run) {
  const requests = Array.from({ length: batch }, next)
  const start = process.hrtime.bigint()
  for (const request of requests) run(store, request)
  return Number(process.hrtime.bigint() - start)
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

function usedBytes() {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
