import { type ClaimRequest, type DedupeStore, memoryStore } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import {
  CounterexampleError,
  type CreateStore,
  type Exploration,
  exploreClaims,
} from '../../src/explorer/explore-claims.js'
import { flawedStores, storesFlawedWhenLate } from './support/flawed-stores.js'
import { SimpleStore } from './support/simple-store.js'

/** What a search finds wrong with a store. */
async function flawOf(createStore: CreateStore, faults = 0): Promise<CounterexampleError> {
  let explored: Exploration
  try {
    explored = await exploreClaims({ createStore, faults })
  } catch (error) {
    if (error instanceof CounterexampleError) return error
    throw error
  }
  throw new Error(`nothing found in ${explored.states} states`)
}

/** A store whose answers take their time, as those over a network do. */
function overNetwork(store: DedupeStore): DedupeStore {
  return {
    name: 'remote',
    shared: true,
    claim: async (request) => store.claim(request),
    extend: async (request) => store.extend(request),
    acknowledge: async (request) => store.acknowledge(request),
    complete: async (request) => store.complete(request),
    release: async (request) => store.release(request),
    fail: async (request) => store.fail(request),
    forget: async (request) => store.forget(request),
  }
}

describe('the search through everything that can happen to a claim', { timeout: 180_000 }, () => {
  it('finds nothing wrong with the memory store', async () => {
    const explored = await exploreClaims({ createStore: (clock) => memoryStore({ now: clock.monotonic }) })
    expect(explored.states).toBeGreaterThan(33_000)
    expect(explored.transitions).toBeGreaterThan(200_000)
    expect(explored.histories).toBeGreaterThan(17_000)
  })

  it('goes through the same with a store that answers later, and closes each', async () => {
    let opened = 0
    let closed = 0
    const createStore: CreateStore = async (clock) => {
      opened++
      const close = async () => void closed++
      return { ...overNetwork(new SimpleStore(clock)), close }
    }
    const bounds = { attempts: 2, faults: 1 }
    const remote = await exploreClaims({ createStore, ...bounds })
    const local = await exploreClaims({ createStore: (clock) => new SimpleStore(clock), ...bounds })
    expect(remote).toEqual(local)
    expect([opened, closed]).toEqual([remote.histories, remote.histories])
  })

  it('goes as far as it is told', async () => {
    const createStore: CreateStore = (clock) => new SimpleStore(clock)
    const least = await exploreClaims({ createStore, attempts: 1, faults: 0 })
    const further = await exploreClaims({ createStore, attempts: 1, faults: 1 })
    const alone = await exploreClaims({ createStore, attempts: 2, workers: 1, faults: 0 })
    const together = await exploreClaims({ createStore, attempts: 2, workers: 2, faults: 0 })
    expect(further.states).toBeGreaterThan(least.states)
    expect(together.states).toBeGreaterThan(alone.states)
  })

  it('gives stores times of the size they are told', async () => {
    const times: unknown[] = []
    const createStore: CreateStore = (clock) => {
      const store = new SimpleStore(clock)
      const claim = (request: ClaimRequest) => {
        if (times.length < 1_000) times.push([request.leaseMs, request.retentionMs, clock.now() % 60_000])
        return store.claim(request)
      }
      return { ...overNetwork(store), claim }
    }
    await exploreClaims({ createStore, attempts: 1, faults: 0, stepMs: 60_000 })
    expect(new Set(times.map(String))).toEqual(new Set(['120000,300000,0']))
  })
})

describe('a store that is wrong is caught by the search when it', { timeout: 60_000 }, () => {
  it.each(flawedStores)('%s', async (_, Store, rule) => {
    const found = await flawOf((clock) => new Store(clock))
    expect(found.rule).toBe(rule)
    expect(found.trace.length).toBeGreaterThan(0)
    expect(found.trace.at(-1)).toMatch(/^at \d+: .+: the store answers .+, the contract has .+$/)
    expect(found.message).toContain(`Broken: ${rule}\n`)
    for (const line of found.trace) expect(found.message).toContain(line)
  })

  it.each(storesFlawedWhenLate)('%s, which takes a fault to see', async (_, Store, rule) => {
    await expect(flawOf((clock) => new Store(clock))).rejects.toThrow('nothing found')
    const found = await flawOf((clock) => new Store(clock), 1)
    expect(found.rule).toBe(rule)
    expect(found.message).toContain('renews its lease, but the call hangs')
  })

  it('answers later', async () => {
    const [, Flawed, rule] = flawedStores[0]
    const found = await flawOf((clock) => overNetwork(new Flawed(clock)))
    expect(found.rule).toBe(rule)
  })

  it('rejects', async () => {
    const refused = new Error('connection refused')
    const createStore: CreateStore = (clock) => ({
      ...overNetwork(new SimpleStore(clock)),
      release: () => Promise.reject(refused),
    })
    expect((await flawOf(createStore)).trace.at(-1)).toContain('answers with Error: connection refused')
  })
})

describe('a counterexample', { timeout: 60_000 }, () => {
  it('tells what happened, step by step, in the shortest way', async () => {
    const [, ExtendsOverAnotherOwner] = storesFlawedWhenLate[0]
    const found = await flawOf((clock) => new ExtendsOverAnotherOwner(clock), 1)
    expect(found.message).toMatchInlineSnapshot(`
      "Broken: a token that does not own the record changes nothing
      (lease 2 steps, retention 5 steps, failed from 3 attempts on)
        at 0: attempt 1 claims: claimed, attempts 1
        at 1: attempt 1 starts its handler
        at 1: attempt 1 renews its lease, but the call hangs
        at 2: attempt 2 claims: claimed, attempts 2
        at 2: attempt 1 calls extend: the store answers true, the contract has false"
    `)
  })
})
