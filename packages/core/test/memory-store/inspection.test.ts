import type { DeliveryRecord, MemoryStore } from '@countersign/core'
import type { ListOptions } from '@countersign/core/stores'
import { describe, expect, it } from 'vitest'
import { leaseMs, retentionMs, timedStore } from './support/timed-store.js'

const none = { free: 0, claimed: 0, acked: 0, orphaned: 0, held: 0, failed: 0, completed: 0 }
const allStates = Object.keys(none) as (keyof typeof none)[]

async function listAll(store: MemoryStore, options?: ListOptions): Promise<DeliveryRecord[]> {
  const records: DeliveryRecord[] = []
  for await (const record of store.list(options)) records.push(record)
  return records
}

/** One record of each state, and a second free one, that was cut off. */
function filledStore() {
  const timed = timedStore()
  const { claim, acknowledge, release, complete, fail, pass } = timed
  claim('a', { key: 'cut off' })
  claim('a', { key: 'held', hold: true })
  claim('a', { key: 'orphaned', hold: true })
  acknowledge('a', { key: 'orphaned' })
  pass(leaseMs + 500.5)
  claim('a', { key: 'failed' })
  fail('a', { key: 'failed' })
  pass(100)
  claim('a', { key: 'released' })
  release('a', { key: 'released' })
  claim('a', { key: 'completed' })
  complete('a', { key: 'completed' })
  claim('a', { key: 'claimed' })
  claim('b', { key: 'claimed' })
  claim('a', { key: 'acked' })
  acknowledge('a', { key: 'acked' })
  pass(0.25)
  return timed
}

describe('an operator sees in the memory store', () => {
  it('the state of each delivery, and since when', async () => {
    const { store } = filledStore()
    const records = await listAll(store, { states: allStates })
    expect(new Map(records.map(({ key, ...record }) => [key, record]))).toEqual(
      new Map([
        ['cut off', { state: 'free', attempts: 1, copies: 0, sinceMs: 600 }],
        ['held', { state: 'held', attempts: 1, copies: 0, sinceMs: 600 }],
        ['orphaned', { state: 'orphaned', attempts: 1, copies: 0, sinceMs: 600 }],
        ['failed', { state: 'failed', attempts: 1, copies: 0, sinceMs: 100 }],
        ['released', { state: 'free', attempts: 1, copies: 0 }],
        ['completed', { state: 'completed', attempts: 1, copies: 0 }],
        ['claimed', { state: 'claimed', attempts: 1, copies: 0, leaseLeftMs: leaseMs }],
        ['acked', { state: 'acked', attempts: 1, copies: 0, leaseLeftMs: leaseMs }],
      ]),
    )
    expect(records).toHaveLength(8)
  })

  it('every record that is neither free nor completed, unless other states are requested', async () => {
    const { store } = filledStore()
    const keys = async (options?: ListOptions) => (await listAll(store, options)).map(({ key }) => key).sort()
    expect(await keys()).toEqual(['acked', 'claimed', 'failed', 'held', 'orphaned'])
    expect(await keys({ states: ['free'] })).toEqual(['cut off', 'released'])
    expect(await keys({ states: ['completed', 'held'] })).toEqual(['completed', 'held'])
    expect(await keys({ states: [] })).toEqual([])
  })

  it('the number of deliveries in each state', () => {
    const { store } = filledStore()
    expect(store.count()).toEqual({
      free: 2,
      claimed: 1,
      acked: 1,
      orphaned: 1,
      held: 1,
      failed: 1,
      completed: 1,
    })
    expect(timedStore().store.count()).toEqual(none)
  })

  it('no record past its retention, even if it is not deleted yet', async () => {
    const { store, pass } = filledStore()
    pass(retentionMs)
    expect(store.size).toBe(8)
    expect(store.count()).toEqual({ ...none, orphaned: 2, held: 1, failed: 1 })
    expect((await listAll(store, { states: allStates })).map(({ key }) => key).sort()).toEqual([
      'acked',
      'failed',
      'held',
      'orphaned',
    ])
  })

  it('since when a delivery has failed, however it failed and whether or not it is claimed again', async () => {
    const { store, claim, acknowledge, release, pass } = timedStore()
    claim('a')
    acknowledge('a')
    pass(leaseMs - 1)
    expect(release('a')).toBe('failed')
    pass(70)
    claim('b')
    expect(await listAll(store)).toMatchObject([{ state: 'failed', attempts: 1, copies: 1, sinceMs: 70 }])
  })

  it('when a released event failed, never too early, also if its clock has fractions', async () => {
    const { store, claim, release, pass } = timedStore()
    for (const ms of [0.3, 12_345.678, 1e11 + 0.1]) {
      pass(ms)
      claim('a')
      release('a', { code: 'ERR_WEBHOOK_HANDLER_FAILED' })
      expect(await listAll(store, { states: ['free'] })).toMatchObject([{ sinceMs: 0 }])
      pass(5.5)
      expect(await listAll(store, { states: ['free'] })).toMatchObject([{ sinceMs: 5 }])
    }
  })

  it('each record once, also if records are forgotten, claimed and completed meanwhile', async () => {
    const { store, claim, complete, release } = timedStore()
    const keys = Array.from({ length: 1_000 }, (_, index) => `event ${index}`)
    for (const key of keys) {
      claim('a', { key })
      release('a', { key })
    }
    claim('a', { key: 'owned' })
    const seen: string[] = []
    for await (const { key } of store.list({ states: allStates })) {
      seen.push(key)
      if (key === 'owned') complete('a', { key })
      else if (seen.length % 2 === 0) store.forget({ key })
      else claim('b', { key })
    }
    expect(seen).toHaveLength(1_001)
    expect(new Set(seen)).toEqual(new Set([...keys, 'owned']))
  })
})
