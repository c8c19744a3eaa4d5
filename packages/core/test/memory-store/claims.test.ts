import { describe, expect, it } from 'vitest'
import { leaseMs, retentionMs, timedStore } from './support/timed-store.js'

describe('a claim in the memory store', () => {
  it('is granted to the first request', () => {
    const { claim } = timedStore()
    expect(claim('a')).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('is granted to one of a hundred concurrent requests', async () => {
    const { claim } = timedStore()
    const tokens = Array.from({ length: 100 }, (_, index) => `token-${index}`)
    const results = await Promise.all(tokens.map(async (token) => claim(token)))
    expect(results.filter(({ state }) => state === 'claimed')).toHaveLength(1)
    expect(results.filter(({ state }) => state === 'in-progress')).toHaveLength(99)
    expect(new Set(results.map(({ attempts }) => attempts))).toEqual(new Set([1]))
  })

  it('is in progress for all others, with the remaining time, regardless of the content', () => {
    const { claim, pass } = timedStore()
    claim('a')
    pass(10_000)
    const inProgress = { state: 'in-progress', attempts: 1, retryAfterMs: 20_000 }
    expect(claim('b')).toEqual(inProgress)
    expect(claim('c', { fingerprint: 'other body' })).toEqual(inProgress)
  })

  it('returns whole milliseconds to wait, never zero', () => {
    const { claim, pass } = timedStore()
    claim('a')
    pass(leaseMs - 0.25)
    expect(claim('b')).toMatchObject({ state: 'in-progress', retryAfterMs: 1 })
  })

  it('is granted again to its own token, and not counted', () => {
    const { claim } = timedStore()
    claim('a')
    expect(claim('a')).toEqual({ state: 'claimed', attempts: 1 })
    expect(claim('b')).toMatchObject({ state: 'in-progress', attempts: 1 })
    expect(claim('a')).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('becomes longer, never shorter, when its token claims again', () => {
    const { claim, extend, pass } = timedStore()
    claim('a')
    extend('a', { leaseMs: 100_000 })
    claim('a')
    pass(99_999)
    expect(claim('b')).toMatchObject({ state: 'in-progress', retryAfterMs: 1 })
    claim('a')
    pass(leaseMs - 1)
    expect(claim('b')).toMatchObject({ state: 'in-progress', retryAfterMs: 1 })
  })

  it('ends exactly with its lease and is granted to the next request', () => {
    const { claim, pass } = timedStore()
    claim('a')
    pass(leaseMs - 1)
    expect(claim('b')).toMatchObject({ state: 'in-progress', retryAfterMs: 1 })
    pass(1)
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 2 })
    expect(claim('a')).toMatchObject({ state: 'in-progress', attempts: 2 })
  })

  it('whose lease ended still belongs to its token until another one claims it', () => {
    const { claim, pass } = timedStore()
    claim('a')
    pass(leaseMs)
    expect(claim('a')).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('counts in every state except under a live lease, and not if it is repeated', () => {
    const { claim, complete, release } = timedStore()
    claim('a')
    claim('b')
    release('a')
    expect(claim('c')).toEqual({ state: 'claimed', attempts: 2 })
    complete('c')
    expect(claim('d')).toEqual({ state: 'completed', attempts: 3, sameFingerprint: true })
    expect(claim('c')).toEqual({ state: 'completed', attempts: 4, sameFingerprint: true })
  })

  it('of an ended lease has its own lease, retention and hold', () => {
    const { claim, pass } = timedStore()
    claim('a')
    pass(leaseMs)
    claim('b', { leaseMs: 1_000, hold: true })
    pass(1_000)
    expect(claim('c')).toEqual({ state: 'held', attempts: 3 })
  })
})

describe('extending a claim', () => {
  it('moves the end of the lease, counted from now', () => {
    const { claim, extend, pass } = timedStore()
    claim('a')
    pass(20_000)
    expect(extend('a')).toBe(true)
    pass(leaseMs - 1)
    expect(claim('b')).toMatchObject({ state: 'in-progress', retryAfterMs: 1 })
    pass(1)
    expect(claim('b')).toMatchObject({ state: 'claimed' })
  })

  it('is possible after the lease ended, until another token claims', () => {
    const { claim, extend, pass } = timedStore()
    claim('a')
    pass(leaseMs + 1)
    expect(extend('a')).toBe(true)
    expect(claim('b')).toMatchObject({ state: 'in-progress', retryAfterMs: leaseMs })
  })

  it('is refused to a token that does not own the claim, and changes nothing', () => {
    const { claim, extend, pass } = timedStore()
    expect(extend('a')).toBe(false)
    claim('a')
    pass(leaseMs)
    claim('b')
    pass(10_000)
    expect(extend('a')).toBe(false)
    expect(claim('c')).toMatchObject({ state: 'in-progress', retryAfterMs: 20_000 })
  })

  it.each(['completed', 'released', 'failed'])('is refused once the claim is %s', (end) => {
    const { claim, complete, release, fail, extend } = timedStore()
    claim('a')
    if (end === 'completed') complete('a')
    if (end === 'released') release('a')
    if (end === 'failed') fail('a')
    expect(extend('a')).toBe(false)
  })

  it('never changes the retention', () => {
    for (const late of [0, 40_000]) {
      const { claim, extend, release, pass } = timedStore()
      claim('a')
      pass(late)
      expect(extend('a')).toBe(true)
      expect(release('a')).toBe('released')
      pass(retentionMs - late - 1)
      expect(claim('b')).toEqual({ state: 'claimed', attempts: 2 })
    }
    const { claim, extend, release, pass } = timedStore()
    claim('a')
    pass(40_000)
    extend('a')
    release('a')
    pass(retentionMs - 40_000)
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('keeps a live claim even after its retention', () => {
    const { claim, extend, complete, pass } = timedStore()
    claim('a', { retentionMs: 50_000 })
    pass(29_000)
    extend('a')
    pass(29_999)
    expect(claim('b')).toMatchObject({ state: 'in-progress', attempts: 1, retryAfterMs: 1 })
    expect(complete('a')).toBe(true)
  })
})

describe('a claim with hold', () => {
  it('is held for ever once its lease ended, and never granted again', () => {
    const { claim, pass } = timedStore()
    claim('a', { hold: true })
    pass(leaseMs)
    expect(claim('b')).toEqual({ state: 'held', attempts: 2 })
    pass(1_000 * retentionMs)
    expect(claim('c', { hold: false })).toEqual({ state: 'held', attempts: 3 })
  })

  it('is not granted to its own token once it is held, which would run it twice', () => {
    const { claim, pass } = timedStore()
    claim('a', { hold: true })
    expect(claim('a', { hold: true })).toEqual({ state: 'claimed', attempts: 1 })
    pass(leaseMs)
    expect(claim('a', { hold: true })).toEqual({ state: 'held', attempts: 2 })
  })

  it('can no longer be extended or acknowledged once it is held', () => {
    const { claim, extend, acknowledge, pass } = timedStore()
    claim('a', { hold: true })
    expect(extend('a')).toBe(true)
    pass(leaseMs)
    expect(extend('a')).toBe(false)
    expect(acknowledge('a')).toBe(false)
    expect(claim('b')).toMatchObject({ state: 'held' })
  })

  it('accepts a late completion, release or failure only from its owner', () => {
    const held = () => {
      const store = timedStore()
      store.claim('a', { hold: true })
      store.pass(2 * retentionMs)
      return store
    }
    const completed = held()
    expect(completed.complete('b')).toBe(false)
    expect(completed.complete('a')).toBe(true)
    expect(completed.claim('c')).toMatchObject({ state: 'completed' })
    const released = held()
    expect(released.release('b')).toBe('lost')
    expect(released.release('a')).toBe('released')
    expect(released.claim('c')).toMatchObject({ state: 'claimed' })
    const failed = held()
    expect(failed.fail('b')).toBe(false)
    expect(failed.fail('a')).toBe(true)
    expect(failed.claim('c')).toMatchObject({ state: 'failed' })
  })
})
