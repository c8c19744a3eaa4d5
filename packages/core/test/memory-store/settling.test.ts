import { describe, expect, it } from 'vitest'
import { leaseMs, retentionMs, timedStore } from './support/timed-store.js'

describe('completing a claim', () => {
  it('makes every later claim a duplicate', () => {
    const { claim, complete } = timedStore()
    claim('a')
    expect(complete('a')).toBe(true)
    expect(claim('b')).toEqual({ state: 'completed', attempts: 2, sameFingerprint: true })
  })

  it('lets a later claim see whether the content is the same', () => {
    const { claim, complete } = timedStore()
    const body = 'f9Ynx_t0G9XyoTr0iJ8wRVQZBQ0fk6OlJ4pJ3j3lY8E'
    const otherBody = 'f9Ynx_t0G9XyoTr0iJ8wRVQZBQ0fk6OlJ4pJ3j3lY8F'
    claim('a', { fingerprint: body })
    complete('a', { fingerprint: body })
    expect(claim('b', { fingerprint: otherBody })).toMatchObject({
      state: 'completed',
      sameFingerprint: false,
    })
    expect(claim('c', { fingerprint: body })).toMatchObject({ state: 'completed', sameFingerprint: true })
  })

  it('works after the lease has ended', () => {
    const { claim, complete, pass } = timedStore()
    claim('a')
    pass(leaseMs + 1)
    expect(complete('a')).toBe(true)
    expect(claim('b')).toMatchObject({ state: 'completed' })
  })

  it('may be repeated by its token, and only by its token', () => {
    const { claim, complete } = timedStore()
    claim('a')
    complete('a')
    expect(complete('a')).toBe(true)
    expect(complete('b')).toBe(false)
    expect(claim('c')).toEqual({ state: 'completed', attempts: 2, sameFingerprint: true })
  })

  it.each([
    ['lives', 0],
    ['ended', leaseMs],
  ])("changes nothing if another token's claim %s", (_, ms) => {
    const { claim, complete, pass } = timedStore()
    claim('a')
    pass(leaseMs)
    claim('b')
    pass(ms)
    expect(complete('a')).toBe(false)
    expect(claim('c')).toMatchObject({ state: ms === 0 ? 'in-progress' : 'claimed' })
  })

  it('changes nothing if the record failed', () => {
    const { claim, complete, fail } = timedStore()
    claim('a')
    fail('a')
    expect(complete('a')).toBe(false)
    expect(claim('b')).toMatchObject({ state: 'failed' })
  })

  it('is written if the record is free, with the attempts so far', () => {
    const { claim, complete, release, pass } = timedStore()
    claim('a')
    pass(leaseMs)
    claim('b')
    release('b')
    expect(complete('a')).toBe(true)
    expect(claim('c')).toEqual({ state: 'completed', attempts: 3, sameFingerprint: true })
  })

  it('is written if the record is gone', () => {
    const { claim, complete, pass } = timedStore()
    claim('a')
    pass(retentionMs)
    expect(complete('a')).toBe(true)
    expect(claim('b')).toEqual({ state: 'completed', attempts: 2, sameFingerprint: true })
  })

  it('of work that was acked is a completion like any other', () => {
    const { claim, acknowledge, complete } = timedStore()
    claim('a')
    acknowledge('a')
    expect(complete('a')).toBe(true)
    expect(claim('b')).toMatchObject({ state: 'completed' })
  })
})

describe('releasing a claim', () => {
  it('frees the key immediately, with its attempts', () => {
    const { claim, release } = timedStore()
    claim('a')
    expect(release('a')).toBe('released')
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 2 })
  })

  it('works after the lease ended, until another token claims', () => {
    const { claim, release, pass } = timedStore()
    claim('a')
    pass(leaseMs + 1)
    expect(release('a')).toBe('released')
  })

  it('returns lost to a token that does not own the claim, and changes nothing', () => {
    const { claim, release, pass } = timedStore()
    expect(release('a')).toBe('lost')
    claim('a')
    pass(leaseMs)
    claim('b')
    expect(release('a')).toBe('lost')
    expect(claim('c')).toMatchObject({ state: 'in-progress', attempts: 2 })
  })

  it.each(['completed', 'released', 'failed'])('is lost once the claim is %s', (end) => {
    const { claim, complete, release, fail } = timedStore()
    claim('a')
    if (end === 'completed') complete('a')
    if (end === 'released') release('a')
    if (end === 'failed') fail('a')
    expect(release('a')).toBe('lost')
  })

  it('fails permanently from failFromAttempts on, and not before', () => {
    const { claim, release } = timedStore()
    claim('a')
    expect(release('a', { failFromAttempts: 2 })).toBe('released')
    claim('b')
    expect(release('b', { failFromAttempts: 2 })).toBe('failed')
    expect(claim('c')).toEqual({ state: 'failed', attempts: 3 })
  })

  it('treats 0 attempts as a limit that is always reached', () => {
    const { claim, release } = timedStore()
    claim('a')
    expect(release('a', { failFromAttempts: 0 })).toBe('failed')
  })
})

describe('work that was acked', () => {
  it('is in progress during its lease', () => {
    const { claim, acknowledge } = timedStore()
    claim('a')
    expect(acknowledge('a')).toBe(true)
    expect(acknowledge('a')).toBe(true)
    expect(claim('b')).toMatchObject({ state: 'in-progress' })
  })

  it('is kept as failed when it is released, since the sender will not retry', () => {
    const { claim, acknowledge, release, pass } = timedStore()
    claim('a')
    acknowledge('a')
    expect(release('a')).toBe('failed')
    pass(1_000 * retentionMs)
    expect(claim('b')).toEqual({ state: 'failed', attempts: 2 })
  })

  it('can be claimed again once its lease ended, and is still acked', () => {
    const { claim, acknowledge, release, pass } = timedStore()
    claim('a')
    acknowledge('a')
    pass(leaseMs)
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 2 })
    expect(release('b')).toBe('failed')
  })

  it('is never forgotten', () => {
    const { claim, acknowledge, pass } = timedStore()
    claim('a')
    acknowledge('a')
    pass(1_000 * retentionMs)
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 2 })
  })

  it('is held after its lease if it was claimed with hold, and failed when released then', () => {
    const { claim, acknowledge, release, pass } = timedStore()
    claim('a', { hold: true })
    acknowledge('a')
    pass(leaseMs)
    expect(claim('b')).toMatchObject({ state: 'held' })
    expect(release('a')).toBe('failed')
  })

  it('can be marked only by its owner, and after the lease only until another token claims', () => {
    const { claim, acknowledge, release, pass } = timedStore()
    expect(acknowledge('a')).toBe(false)
    claim('a')
    expect(acknowledge('b')).toBe(false)
    pass(leaseMs)
    expect(acknowledge('a')).toBe(true)
    claim('b')
    expect(acknowledge('a')).toBe(false)
    release('b')
    expect(acknowledge('b')).toBe(false)
  })
})

describe('failing a claim permanently', () => {
  it('keeps it for ever, whatever is requested', () => {
    const { claim, fail, extend, acknowledge, pass } = timedStore()
    claim('a')
    expect(fail('a')).toBe(true)
    expect(claim('a')).toEqual({ state: 'failed', attempts: 2 })
    expect([extend('a'), acknowledge('a'), fail('a')]).toEqual([false, false, false])
    pass(1_000 * retentionMs)
    expect(claim('b')).toEqual({ state: 'failed', attempts: 3 })
  })

  it('works on an acked claim and after the lease', () => {
    const { claim, acknowledge, fail, pass } = timedStore()
    claim('a')
    acknowledge('a')
    pass(leaseMs)
    expect(fail('a')).toBe(true)
    expect(claim('b')).toMatchObject({ state: 'failed' })
  })

  it('is refused to a token that does not own the claim, and changes nothing', () => {
    const { claim, complete, fail, release, pass } = timedStore()
    expect(fail('a')).toBe(false)
    claim('a')
    pass(leaseMs)
    claim('b')
    expect(fail('a')).toBe(false)
    expect(release('b')).toBe('released')
    expect(fail('b')).toBe(false)
    claim('c')
    complete('c')
    expect(fail('c')).toBe(false)
    expect(claim('d')).toMatchObject({ state: 'completed' })
  })
})

describe('forgetting a key', () => {
  it.each(['completed', 'released', 'failed', 'held', 'acked', 'ended'])('works where it is %s', (state) => {
    const { claim, complete, release, fail, acknowledge, forget, pass } = timedStore()
    claim('a', { hold: state === 'held' })
    if (state === 'completed') complete('a')
    if (state === 'released') release('a')
    if (state === 'failed') fail('a')
    if (state === 'acked') acknowledge('a')
    pass(leaseMs)
    expect(forget()).toBe(true)
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 1 })
    expect(claim('c')).toMatchObject({ state: 'in-progress' })
  })

  it('leaves a live claim alone, acked or not, unless it is forced', () => {
    const { claim, acknowledge, forget } = timedStore()
    claim('a')
    expect([forget(), forget({ force: false })]).toEqual([false, false])
    acknowledge('a')
    expect(forget()).toBe(false)
    expect(claim('b')).toMatchObject({ state: 'in-progress', attempts: 1 })
    expect(forget({ force: true })).toBe(true)
    expect(claim('c')).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('reports that there was nothing to forget', () => {
    const { claim, complete, forget, pass } = timedStore()
    expect(forget()).toBe(false)
    claim('a')
    pass(retentionMs)
    expect(forget({ force: true })).toBe(false)
    complete('b')
    pass(retentionMs)
    expect(forget()).toBe(false)
  })

  it('also forgets the owner', () => {
    const { claim, forget, extend, release } = timedStore()
    claim('a')
    forget({ force: true })
    expect([extend('a'), release('a')]).toEqual([false, 'lost'])
    claim('b')
    expect(extend('a')).toBe(false)
  })
})
