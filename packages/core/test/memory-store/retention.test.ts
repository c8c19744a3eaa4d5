import { memoryStore } from '@countersign/core'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { leaseMs, retentionMs, timedStore } from './support/timed-store.js'

describe('what the memory store remembers', () => {
  it('is known just before its retention ends and forgotten when it ends, when completed', () => {
    const { claim, complete, pass } = timedStore()
    claim('a')
    pass(5_000)
    complete('a')
    pass(retentionMs - 1)
    expect(claim('b')).toMatchObject({ state: 'completed' })
    pass(1)
    expect(claim('c')).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('is known just before its retention ends and forgotten when it ends, when released', () => {
    for (const [ms, attempts] of [
      [retentionMs - 1, 2],
      [retentionMs, 1],
    ] as const) {
      const { claim, release, pass } = timedStore()
      claim('a')
      release('a')
      pass(ms)
      expect(claim('b')).toEqual({ state: 'claimed', attempts })
    }
  })

  it('is known just before its retention ends and forgotten when it ends, when it was not settled', () => {
    for (const [ms, attempts] of [
      [retentionMs - 1, 2],
      [retentionMs, 1],
    ] as const) {
      const { claim, pass } = timedStore()
      claim('a')
      pass(ms)
      expect(claim('b')).toEqual({ state: 'claimed', attempts })
    }
  })

  it('no longer belongs to its token after it is forgotten', () => {
    const { claim, extend, acknowledge, release, fail, pass } = timedStore()
    claim('a')
    pass(retentionMs)
    expect([extend('a'), acknowledge('a'), release('a'), fail('a')]).toEqual([false, false, 'lost', false])
  })

  it('is not forgotten sooner for a later claim or completion with a shorter retention', () => {
    const claimedAgain = timedStore()
    claimedAgain.claim('a')
    claimedAgain.pass(leaseMs)
    claimedAgain.claim('b', { retentionMs: 1_000 })
    claimedAgain.release('b')
    claimedAgain.pass(retentionMs - leaseMs - 1)
    expect(claimedAgain.claim('c')).toEqual({ state: 'claimed', attempts: 3 })
    const released = timedStore()
    released.claim('a')
    released.release('a')
    released.claim('b', { retentionMs: 1_000 })
    released.release('b')
    released.pass(retentionMs - 1)
    expect(released.claim('c')).toEqual({ state: 'claimed', attempts: 3 })
    const completed = timedStore()
    completed.claim('a')
    completed.complete('a', { retentionMs: 1_000 })
    completed.pass(retentionMs - 1)
    expect(completed.claim('b')).toMatchObject({ state: 'completed' })
  })

  it('is not kept longer by duplicates, nor by completing again', () => {
    const { claim, complete, pass } = timedStore()
    claim('a')
    complete('a')
    pass(retentionMs - 1)
    claim('b')
    complete('a')
    pass(1)
    expect(claim('c')).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('is exact for every record, over any number of generations', () => {
    const record = fc.record({
      gapMs: fc.integer({ min: 0, max: 5 }),
      keepMs: fc.integer({ min: 1, max: 40 }),
      completes: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 80 }), (records) => {
        const { claim, complete, release, pass } = timedStore()
        const known = new Map<string, { readonly until: number; attempts: number }>()
        let now = 0
        for (const [index, { gapMs, keepMs, completes }] of records.entries()) {
          pass(gapMs)
          now += gapMs
          for (const [key, record] of known) {
            const result = claim('again', { key, retentionMs: 1 })
            if (now < record.until) {
              record.attempts++
              expect(result).toEqual({ state: 'completed', attempts: record.attempts, sameFingerprint: true })
            } else {
              expect(result).toEqual({ state: 'claimed', attempts: 1 })
              release('again', { key })
              known.delete(key)
            }
          }
          const key = `event-${index}`
          claim('a', { key, retentionMs: keepMs })
          if (!completes) release('a', { key })
          if (!completes) claim('b', { key, retentionMs: keepMs })
          complete(completes ? 'a' : 'b', { key, retentionMs: keepMs })
          known.set(key, { until: now + keepMs, attempts: completes ? 1 : 2 })
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the memory of the memory store', () => {
  it('is released in bulk, within twice the longest retention, by the next claim', () => {
    const { store, claim, complete, release, pass } = timedStore()
    for (let index = 0; index < 3_000; index++) {
      const key = `event-${index}`
      claim('a', { key })
      if (index % 3 === 0) complete('a', { key })
      if (index % 3 === 1) release('a', { key })
    }
    expect(store.size).toBe(3_000)
    pass(retentionMs)
    claim('a', { key: 'next' })
    pass(retentionMs)
    claim('a', { key: 'last' })
    expect(store.size).toBe(1)
  })

  it('is released after a long pause, too', () => {
    const { store, claim, complete, pass } = timedStore()
    for (let index = 0; index < 100; index++) {
      claim('a', { key: `event-${index}` })
      complete('a', { key: `event-${index}` })
    }
    pass(10 * retentionMs)
    claim('a', { key: 'last' })
    expect(store.size).toBe(1)
  })

  it('has one record for a key that is claimed again after its retention', () => {
    const { store, claim, complete, pass } = timedStore()
    claim('a', { key: 'long', retentionMs: 10 * retentionMs })
    complete('a', { key: 'long', retentionMs: 10 * retentionMs })
    for (let round = 0; round < 3; round++) {
      expect(claim('a', { retentionMs: 50_000 })).toEqual({ state: 'claimed', attempts: 1 })
      complete('a', { retentionMs: 50_000 })
      expect(store.size).toBe(2)
      pass(50_000)
    }
  })

  it('updates older records in place', () => {
    const { store, claim, complete, release, forget, pass } = timedStore()
    claim('a', { key: 'first' })
    pass(retentionMs - 1)
    for (const key of ['released', 'completed', 'forgotten', 'counted']) {
      claim('a', { key })
      if (key === 'released') release('a', { key })
      else complete('a', { key })
    }
    pass(1)
    claim('a', { key: 'turns the generation' })
    expect(claim('b', { key: 'released' })).toEqual({ state: 'claimed', attempts: 2 })
    expect(claim('b', { key: 'completed' })).toMatchObject({ state: 'completed', attempts: 2 })
    expect(forget({ key: 'forgotten' })).toBe(true)
    expect(claim('b', { key: 'forgotten' })).toEqual({ state: 'claimed', attempts: 1 })
    expect(claim('b', { key: 'counted' })).toMatchObject({ attempts: 2 })
    expect(claim('b', { key: 'counted' })).toMatchObject({ attempts: 3 })
    expect(store.size).toBe(5)
  })

  it('keeps failed, held and acked records meanwhile', () => {
    const { store, claim, fail, acknowledge, pass } = timedStore()
    claim('a', { key: 'failed' })
    fail('a', { key: 'failed' })
    claim('a', { key: 'held', hold: true })
    claim('a', { key: 'acked' })
    acknowledge('a', { key: 'acked' })
    for (let round = 0; round < 5; round++) {
      pass(retentionMs)
      claim('a', { key: `other-${round}` })
    }
    expect(store.size).toBe(4)
    expect(claim('b', { key: 'failed' })).toEqual({ state: 'failed', attempts: 2 })
    expect(claim('b', { key: 'held' })).toEqual({ state: 'held', attempts: 2 })
    expect(claim('b', { key: 'acked' })).toEqual({ state: 'claimed', attempts: 2 })
  })
})

describe('the time of the memory store', () => {
  afterEach(() => void vi.useRealTimers())

  const request = { key: 'event', token: 'a', fingerprint: 'body', leaseMs, retentionMs, hold: false }

  it('is not the wall clock: setting the clock ends no lease and forgets nothing', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 })
    const store = memoryStore()
    store.claim(request)
    vi.setSystemTime(1_800_000_000_000)
    expect(store.claim({ ...request, token: 'b' })).toMatchObject({ state: 'in-progress' })
    vi.setSystemTime(1_600_000_000_000)
    expect(store.claim({ ...request, token: 'c' })).toMatchObject({ state: 'in-progress' })
  })

  it('passes without a call', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const store = memoryStore()
    store.claim(request)
    vi.advanceTimersByTime(leaseMs - 1)
    expect(store.claim({ ...request, token: 'b' })).toMatchObject({ state: 'in-progress', retryAfterMs: 1 })
    vi.advanceTimersByTime(1)
    expect(store.claim({ ...request, token: 'b' })).toMatchObject({ state: 'claimed' })
  })

  it('needs no timer', () => {
    vi.useFakeTimers()
    const store = memoryStore()
    store.claim(request)
    store.extend(request)
    store.release(request)
    store.claim(request)
    store.complete({ ...request, acceptanceMs: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })
})
