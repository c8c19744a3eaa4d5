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

/** Options of {@link testStore}. */
export interface TestStoreOptions {
  /** The name of the store, with its version if that matters: `Redis 7 over ioredis`. */
  readonly name: string
  /**
   * Declares a test, like `test` of Vitest and Jest, whose third argument is the time limit in milliseconds. Wrap that of node:test:
   * `(name, run, timeout) => void test(name, { timeout }, run)`.
   */
  readonly test: (name: string, run: () => Promise<void>, timeoutMs: number) => unknown
  /** Runs once before all tests, like `beforeAll` of Vitest and Jest. Wrap `before` of node:test in the same way. */
  readonly beforeAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  /** Runs once after all tests, like `afterAll` of Vitest and Jest. Wrap `after` of node:test in the same way. */
  readonly afterAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  /** Connects to the backend. Called once. */
  readonly start: () => Promise<StoreBackend>
  /** Milliseconds that `start` may take, for example to start a server. Default 60,000. */
  readonly startTimeoutMs?: number
  /** The bounds of the exploration. Default: 2 attempts, 2 workers and no faults. */
  readonly exploration?: ExplorationBounds
}

const testTimeoutMs = 60_000
const explorationTimeoutMs = 600_000

/**
 * Declares the tests of the store contract: what every dedupe store of Countersign does, over its real backend. They cover races,
 * leases, retentions, keys of all kinds, failures of the backend, what an operator sees, transactions if the store has them, whole
 * deliveries through a receiver, and an exploration of everything that can happen to a claim. At the end one line on stdout
 * summarises the run.
 *
 * If the store and its backend do not match, such as a shared store without `createBrokenStore`, the tests fail in `beforeAll`.
 *
 * @example
 * import { testStore } from '@countersign/conformance'
 * import { memoryStore } from '@countersign/core'
 * import { afterAll, beforeAll, test } from 'vitest'
 *
 * testStore({
 *   name: 'memory',
 *   test,
 *   beforeAll,
 *   afterAll,
 *   start: async () => ({
 *     createStore: ({ clock }) => memoryStore(clock ? { now: clock.monotonic } : {}),
 *     createBoundedStore: ({ clock, maxEntries }) => memoryStore({ maxEntries, now: clock.monotonic }),
 *     stop: () => {},
 *   }),
 * })
 */
export function testStore(options: TestStoreOptions): void {
  const { name, test, beforeAll, afterAll, start } = options
  const tests = { declared: 0, begun: 0, failed: 0, passed: 0 }
  const rejections = watchRejections()
  const skipped = new Map<Capability, number>()
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
      // A test that does not reach this line has failed, for example because the runner timed it out.
      tests.failed -= 1
    }
    test(title, counted, timeoutMs)
  }

  beforeAll(async () => {
    backend = await start()
    capabilities = await findCapabilities(backend)
    rejections.begin()
  }, options.startTimeoutMs ?? testTimeoutMs)

  for (const { name: title, needs, run } of storeCases) {
    const runCase = async (started: StoreBackend) => {
      if (needs && !capabilities.has(needs)) {
        skipped.set(needs, (skipped.get(needs) ?? 0) + 1)
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
  declare('every history of an event is answered as the contract requires', explore, explorationTimeoutMs)

  const expectNoRejections = async () => {
    await eventLoopTurn()
    deepEqual(rejections.list(), [])
  }
  declare('no promise rejection is left unhandled', expectNoRejections, testTimeoutMs)

  afterAll(async () => {
    if (!backend) return
    rejections.end()
    const { passed, failed } = tests
    // A partial run says nothing about a store.
    if (tests.begun === tests.declared) {
      process.stdout.write(`${describeStoreReport({ name, passed, failed, skipped, exploration })}\n`)
    }
    await backend.stop()
  }, testTimeoutMs)
}

/** @throws AssertionError if the store and its backend do not match */
async function findCapabilities(backend: StoreBackend): Promise<ReadonlySet<Capability>> {
  const store = await backend.createStore({ space: newSpace() })
  const has = {
    shared: store.shared,
    inspectable: 'list' in store && 'count' in store,
    transactional: 'completeIn' in store && 'isCompleted' in store,
    breakable: backend.createBrokenStore !== undefined,
    bounded: backend.createBoundedStore !== undefined,
  }
  await store.close?.()
  ok(has.breakable || !has.shared, 'a shared store needs createBrokenStore, because its backend may fail')
  ok(
    has.transactional === (backend.transact !== undefined),
    'a transactional store needs transact, and other stores must not have it',
  )
  return new Set((Object.keys(has) as Capability[]).filter((capability) => has[capability]))
}
