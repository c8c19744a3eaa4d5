import { DedupeStoreError, isWebhookError } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { acceptanceMs, leaseMs, retentionMs, timedStore } from './support/timed-store.js'

/** What a full store says to a new key. */
const full = expect.objectContaining({ name: 'DedupeStoreError', code: 'ERR_WEBHOOK_STORE_FULL' })

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

describe('a full memory store', { timeout: 60_000 }, () => {
  it('refuses a new key with an error that says what to do and names no key', () => {
    const { claim } = timedStore({ maxEntries: 2 })
    claim('a', { key: 'secret-key-1' })
    claim('a', { key: 'secret-key-2' })
    const error = thrownBy(() => claim('token-of-mine', { key: 'secret-key-3' }))
    expect(error).toBeInstanceOf(DedupeStoreError)
    expect(isWebhookError(error, 'ERR_WEBHOOK_STORE_FULL')).toBe(true)
    const { message } = error as DedupeStoreError
    expect(message).toMatch(/maxEntries of 2\b/)
    expect(message).toMatch(/Raise maxEntries, forget/)
    expect(message).not.toMatch(/secret-key|token-of-mine/)
  })

  it('still handles the keys it knows', () => {
    const { claim, complete, release, extend, pass } = timedStore({ maxEntries: 3 })
    claim('a', { key: 'event' })
    claim('a', { key: 'second' })
    claim('a', { key: 'third' })
    expect(extend('a')).toBe(true)
    expect(release('a')).toBe('released')
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 2 })
    expect(complete('a', { key: 'second' })).toBe(true)
    expect(claim('b', { key: 'second' })).toMatchObject({ state: 'completed' })
    pass(leaseMs)
    expect(claim('b', { key: 'third' })).toEqual({ state: 'claimed', attempts: 2 })
  })

  it('evicts the oldest completed record past its acceptance', () => {
    const { claim, complete, pass } = timedStore({ maxEntries: 3 })
    for (const key of ['first', 'second', 'third']) {
      claim('a', { key })
      complete('a', { key })
      pass(1_000)
    }
    pass(acceptanceMs - 3_000)
    expect(claim('a', { key: 'fourth' })).toEqual({ state: 'claimed', attempts: 1 })
    expect(claim('b', { key: 'second' })).toMatchObject({ state: 'completed' })
    expect(claim('b', { key: 'third' })).toMatchObject({ state: 'completed' })
    expect(thrownBy(() => claim('b', { key: 'first' }))).toEqual(full)
    pass(1_000)
    expect(claim('b', { key: 'first' })).toEqual({ state: 'claimed', attempts: 1 })
    expect(claim('b', { key: 'third' })).toMatchObject({ state: 'completed' })
  })

  it('evicts to the millisecond: not while a replay would still be accepted', () => {
    const { claim, complete, pass } = timedStore({ maxEntries: 1 })
    claim('a')
    complete('a')
    pass(acceptanceMs - 1)
    expect(thrownBy(() => claim('a', { key: 'next' }))).toEqual(full)
    pass(1)
    expect(claim('a', { key: 'next' })).toMatchObject({ state: 'claimed' })
  })

  it('skips older records that are still in their acceptance', () => {
    const { claim, complete } = timedStore({ maxEntries: 3 })
    for (const key of ['long', 'longer', 'none']) claim('a', { key })
    complete('a', { key: 'long' })
    complete('a', { key: 'longer', acceptanceMs: Number.POSITIVE_INFINITY })
    complete('a', { key: 'none', acceptanceMs: 0 })
    expect(claim('a', { key: 'next' })).toMatchObject({ state: 'claimed' })
    expect(claim('b', { key: 'long' })).toMatchObject({ state: 'completed' })
    expect(claim('b', { key: 'longer' })).toMatchObject({ state: 'completed' })
    expect(thrownBy(() => claim('b', { key: 'none' }))).toEqual(full)
  })

  it('evicts the oldest first when a hundred events have failed in an outage', () => {
    const { store, claim, release, pass } = timedStore({ maxEntries: 100 })
    for (let index = 0; index < 100; index++) {
      const key = `event-${index}`
      claim('a', { key })
      expect(release('a', { key })).toBe('released')
      pass(1)
    }
    for (let index = 0; index < 40; index++)
      expect(claim('a', { key: `new-${index}` })).toEqual({ state: 'claimed', attempts: 1 })
    expect(store.size).toBe(100)
    for (let index = 40; index < 100; index++)
      expect(claim('b', { key: `event-${index}` })).toEqual({ state: 'claimed', attempts: 2 })
    expect(thrownBy(() => claim('b', { key: 'event-39' }))).toEqual(full)
  })

  it('evicts released and cut off records in the order in which they became free', async () => {
    const { keys, claim, release, extend, pass } = timedStore({ maxEntries: 4 })
    claim('a', { key: 'cut off at 30 s' })
    claim('a', { key: 'released at 40 s', leaseMs: 60_000 })
    claim('a', { key: 'cut off at 50 s', leaseMs: 10_000 })
    pass(5_000)
    extend('a', { key: 'cut off at 50 s', leaseMs: 45_000 })
    claim('a', { key: 'released at 20 s' })
    pass(15_000)
    release('a', { key: 'released at 20 s' })
    pass(20_000)
    release('a', { key: 'released at 40 s' })
    pass(10_000)
    const order = ['released at 20 s', 'cut off at 30 s', 'released at 40 s', 'cut off at 50 s']
    for (const [index, key] of order.entries()) {
      claim('a', { key: `new-${index}` })
      const left = await keys()
      const states = order.map((one) => (left.has(one) ? 'kept' : 'gone'))
      expect(states, key).toEqual(order.map((_, at) => (at <= index ? 'gone' : 'kept')))
    }
    expect(thrownBy(() => claim('a', { key: 'one more' }))).toEqual(full)
  })

  it('evicts free records before completed ones, even if those are long past their acceptance', () => {
    const { claim, complete, release, pass } = timedStore({ maxEntries: 3 })
    claim('a', { key: 'completed' })
    complete('a', { key: 'completed', acceptanceMs: 0 })
    pass(1_000)
    claim('a', { key: 'released' })
    release('a', { key: 'released' })
    claim('a', { key: 'cut off', leaseMs: 1 })
    pass(1)
    claim('a', { key: 'new-1' })
    claim('a', { key: 'new-2' })
    expect(claim('b', { key: 'completed' })).toMatchObject({ state: 'completed' })
    claim('a', { key: 'new-3' })
    expect(thrownBy(() => claim('b', { key: 'completed' }))).toEqual(full)
  })

  it('grants a cut off claim to its own token, or to the next one, unless it was evicted', () => {
    const { claim, complete, release, extend, pass } = timedStore({ maxEntries: 2 })
    claim('a', { key: 'first' })
    claim('a', { key: 'second' })
    pass(leaseMs)
    expect(extend('a', { key: 'first' })).toBe(true)
    expect(claim('b', { key: 'third' })).toEqual({ state: 'claimed', attempts: 1 })
    expect(extend('a', { key: 'second' })).toBe(false)
    expect(release('a', { key: 'second' })).toBe('lost')
    expect(thrownBy(() => complete('a', { key: 'second' }))).toEqual(full)
    expect(complete('a', { key: 'first' })).toBe(true)
  })

  it('uses the space of forgotten records', () => {
    const { claim, complete, pass } = timedStore({ maxEntries: 1 })
    claim('a', { retentionMs: 50_000 })
    complete('a', { retentionMs: 50_000, acceptanceMs: 50_000 })
    pass(49_999)
    expect(thrownBy(() => claim('a', { key: 'next' }))).toEqual(full)
    pass(1)
    expect(claim('a', { key: 'next' })).toEqual({ state: 'claimed', attempts: 1 })
  })

  it('evicts to the millisecond when another record is kept for long', () => {
    for (const settle of ['completed', 'extended']) {
      const { claim, complete, extend, pass } = timedStore({ maxEntries: 2 })
      claim('a', { key: 'long', leaseMs: 10 * retentionMs, retentionMs: 10 * retentionMs })
      pass(1_000)
      claim('a', { retentionMs: 50_000, leaseMs: settle === 'extended' ? 100_000 : leaseMs })
      if (settle === 'completed') {
        complete('a', { retentionMs: 50_000, acceptanceMs: Number.POSITIVE_INFINITY })
      }
      if (settle === 'extended') extend('a', { leaseMs: 50_000 })
      pass(49_999)
      expect(
        thrownBy(() => claim('a', { key: 'next' })),
        settle,
      ).toEqual(full)
      pass(1)
      expect(claim('a', { key: 'next' }), settle).toEqual({ state: 'claimed', attempts: 1 })
    }
  })

  it('keeps as many completions of released keys as of any other', async () => {
    const { store, keys: listKeys, claim, release, complete, pass } = timedStore({ maxEntries: 10 })
    const keys = Array.from({ length: 10 }, (_, index) => `event-${index}`)
    for (const key of keys) {
      claim('a', { key })
      release('a', { key })
    }
    for (const key of keys) expect(complete('a', { key })).toBe(true)
    for (const key of keys) expect(claim('b', { key })).toMatchObject({ state: 'completed', attempts: 2 })
    pass(acceptanceMs)
    claim('a', { key: 'next' })
    expect(store.size).toBe(10)
    const left = await listKeys()
    const known = keys.filter((key) => left.has(key)).map((key) => claim('c', { key }))
    const completed = { state: 'completed', attempts: 3, sameFingerprint: true }
    expect(known).toEqual(Array.from({ length: 9 }, () => completed))
  })

  it('does not drop a completion for an earlier one of the same key', () => {
    const { claim, complete, pass } = timedStore({ maxEntries: 3 })
    const acceptance = { acceptanceMs: Number.POSITIVE_INFINITY }
    claim('a', { key: 'long' })
    complete('a', { key: 'long', ...acceptance })
    claim('a', { retentionMs: 50_000 })
    complete('a', { retentionMs: 50_000, acceptanceMs: 0 })
    pass(50_000)
    expect(claim('b')).toEqual({ state: 'claimed', attempts: 1 })
    complete('b', acceptance)
    claim('a', { key: 'third' })
    expect(thrownBy(() => claim('a', { key: 'fourth' }))).toEqual(full)
    expect(claim('c')).toMatchObject({ state: 'completed', attempts: 2 })
  })

  it.each(['live', 'extended', 'failed', 'held', 'acked'])('never drops what is %s', (state) => {
    const { claim, extend, fail, acknowledge, pass } = timedStore({ maxEntries: 1 })
    const isBrief = state === 'live' || state === 'extended'
    claim('a', { hold: state === 'held', retentionMs: isBrief ? 1 : retentionMs })
    if (state === 'failed') fail('a')
    if (state === 'acked') acknowledge('a')
    pass(leaseMs - 1)
    if (state === 'extended') extend('a')
    if (state === 'extended') pass(leaseMs - 1)
    const isKept = state === 'failed' || state === 'held' || state === 'acked'
    if (isKept) pass(10 * retentionMs)
    expect(thrownBy(() => claim('a', { key: 'next' }))).toEqual(full)
    const known = { failed: 'failed', held: 'held', live: 'in-progress', extended: 'in-progress' }[state]
    expect(claim('b')).toMatchObject({ state: known ?? 'claimed', attempts: isBrief ? 1 : 2 })
  })

  it('has space again when the operator forgets a record', () => {
    const { claim, fail, forget } = timedStore({ maxEntries: 1 })
    claim('a')
    fail('a')
    expect(thrownBy(() => claim('a', { key: 'next' }))).toEqual(full)
    forget()
    expect(claim('a', { key: 'next' })).toMatchObject({ state: 'claimed' })
  })

  it('forgets a completed record out of order and reuses its space', () => {
    const { store, claim, complete, forget, pass } = timedStore({ maxEntries: 100 })
    for (let round = 0; round < 50; round++) {
      for (let index = 0; index < 100; index++) {
        claim('a', { key: `event-${index}` })
        complete('a', { key: `event-${index}` })
      }
      expect(store.size).toBe(100)
      for (let index = round; index < 100; index += 3) expect(forget({ key: `event-${index}` })).toBe(true)
      for (let index = 0; index < 100; index++) {
        const isForgotten = index >= round && (index - round) % 3 === 0
        const state = isForgotten ? 'claimed' : 'completed'
        expect(claim('b', { key: `event-${index}` })).toMatchObject({ state })
      }
      pass(2 * retentionMs)
    }
  })

  it('refuses a late completion of a forgotten key rather than dropping something else', () => {
    const { claim, complete, pass } = timedStore({ maxEntries: 1 })
    claim('a', { key: 'late' })
    pass(retentionMs)
    claim('b', { key: 'other' })
    expect(thrownBy(() => complete('a', { key: 'late' }))).toEqual(full)
    expect(claim('c', { key: 'other' })).toMatchObject({ state: 'in-progress' })
  })

  it('never exceeds maxEntries for a million distinct keys', () => {
    const { store, claim, complete, release, pass } = timedStore({ maxEntries: 1_000 })
    let largest = 0
    let refused = 0
    for (let index = 0; index < 1_000_000; index++) {
      const key = `event-${index}`
      try {
        claim('a', { key })
        if (index % 10 === 0) release('a', { key })
        else complete('a', { key, acceptanceMs: 115_000 })
      } catch (error) {
        if (!isWebhookError(error, 'ERR_WEBHOOK_STORE_FULL')) throw error
        refused++
      }
      largest = Math.max(largest, store.size)
      if (index % 10 === 0) pass(1_000)
    }
    expect(largest).toBe(1_000)
    expect(refused).toBeGreaterThan(0)
  })
})
