import { deepEqual, ok } from 'node:assert/strict'
import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import { watchRejections } from '../adapter-contract/watch-rejections.js'
import type { Exploration } from '../explorer/explore-claims.js'
import { storeCases } from './cases/index.js'
import { createStoreTools, newSpace } from './create-store-tools.js'
import { type ExplorationBounds, exploreStore } from './explore-store.js'
import { describeStoreReport } from './report-store.js'
import type { StoreBackend } from './store-backend.js'
import type { Capability } from './store-case.js'

/** How a store is put to the test. */
export interface TestStoreOptions {
  /** What is tested, with its version where that matters: `Redis 7 over ioredis`. */
  readonly name: string
  /**
   * Declares a test; so do Vitest's and Jest's, whose third argument is the time limit in milliseconds. For node:test, wrap it:
   * `(name, run, timeout) => void test(name, { timeout }, run)`, and its `before` and `after` likewise.
   */
  readonly test: (name: string, run: () => Promise<void>, timeoutMs: number) => unknown
  readonly beforeAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  readonly afterAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  /** Connects to the backend; called once. */
  readonly start: () => Promise<StoreBackend>
  /** Milliseconds for `start`, as for a server that has to be started. Default 60,000. */
  readonly startTimeoutMs?: number
  /** How far the exploration goes; see `exploreClaims`. Default: 2 attempts by 2 workers, and no faults. */
  readonly exploration?: ExplorationBounds
}

const testTimeoutMs = 60_000
const explorationTimeoutMs = 600_000

/**
 * Declares the store contract's tests: what every dedupe store of Countersign does, over its real backend. Races, leases,
 * retentions, keys of all kinds, failures of the backend, what an operator sees, transactions where there are any, whole
 * deliveries through a receiver; and an exploration of everything that can happen to a claim. Afterwards one line on
 * stdout sums it up.
 *
 * @example
 * testStore({
 *   name: 'my store',
 *   test, beforeAll, afterAll,
 *   start: async () => {
 *     const client = await connect()
 *     return {
 *       createStore: ({ space, clock }) => myStore({ client, prefix: space, ...(clock && { now: clock.now }) }),
 *       createBrokenStore: (fault) => myStore({ client: brokenClient(fault) }),
 *       stop: () => client.end(),
 *     }
 *   },
 * })
 */
export function testStore(options: TestStoreOptions): void {
  const { name, test, beforeAll, afterAll, start } = options
  const tests = { declared: 0, begun: 0, failed: 0, passed: 0 }
  const rejections = watchRejections()
  const spared = new Map<Capability, number>()
  let backend: StoreBackend | undefined
  let capabilities: ReadonlySet<Capability> = new Set()
  let exploration: Exploration | undefined

  const declare = (title: string, run: (started: StoreBackend) => Promise<void>, timeoutMs: number) => {
    tests.declared += 1
    const counted = async () => {
      tests.begun += 1
      tests.failed += 1
      ok(backend, 'the backend did not start')
      await run(backend)
      // Whatever does not come to this line has failed, a test that the runner cuts off among it.
      tests.failed -= 1
    }
    test(title, counted, timeoutMs)
  }

  beforeAll(async () => {
    backend = await start()
    capabilities = await capabilitiesOf(backend)
    rejections.begin()
  }, options.startTimeoutMs ?? testTimeoutMs)

  for (const { name: title, needs, run } of storeCases) {
    const runCase = async (started: StoreBackend) => {
      if (needs && !capabilities.has(needs)) {
        spared.set(needs, (spared.get(needs) ?? 0) + 1)
        return
      }
      const { tools, close } = createStoreTools(started, capabilities)
      try {
        await run(tools)
      } finally {
        await close()
      }
      tests.passed += 1
    }
    declare(title, runCase, testTimeoutMs)
  }

  const explore = async (started: StoreBackend) => {
    exploration = await exploreStore(started, options.exploration ?? {})
  }
  declare('every history of an event is answered as the contract says', explore, explorationTimeoutMs)

  const lookForRejections = async () => {
    await eventLoopTurn()
    deepEqual(rejections.list(), [])
  }
  declare('no promise was left without someone to look after it', lookForRejections, testTimeoutMs)

  afterAll(async () => {
    if (!backend) return
    rejections.end()
    const { passed, failed } = tests
    // A part of the contract says nothing about a store.
    if (tests.begun === tests.declared) {
      process.stdout.write(`${describeStoreReport({ name, passed, failed, spared, exploration })}\n`)
    }
    await backend.stop()
  }, testTimeoutMs)
}

/** @throws AssertionError where store and backend do not fit together */
async function capabilitiesOf(backend: StoreBackend): Promise<ReadonlySet<Capability>> {
  const store = await backend.createStore({ space: newSpace() })
  const has = {
    shared: store.shared,
    inspectable: 'list' in store && 'count' in store,
    transactional: 'completeIn' in store && 'isCompleted' in store,
    breakable: backend.createBrokenStore !== undefined,
    bounded: backend.createBoundedStore !== undefined,
  }
  await store.close?.()
  ok(has.breakable || !has.shared, 'a shared store needs createBrokenStore: a backend may fail')
  ok(
    has.transactional === (backend.transact !== undefined),
    'transact is for transactional stores, and they need it',
  )
  return new Set((Object.keys(has) as Capability[]).filter((capability) => has[capability]))
}
