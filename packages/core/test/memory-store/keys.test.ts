import { describe, expect, it } from 'vitest'
import { timedStore } from './support/timed-store.js'

const long = 'x'.repeat(100_000)
const keys = [
  '',
  ' ',
  'event',
  'Event',
  'EVENT',
  'event ',
  ' event',
  'event\n',
  'event\0',
  '\0event',
  '\0',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'undefined',
  'null',
  'NaN',
  '0',
  '-0',
  '00',
  '1e3',
  '1000',
  'é',
  'e\u0301',
  'ß',
  'ss',
  'İ',
  'i̇',
  'K',
  '\u212A',
  '\ud800',
  '\udc00',
  '\udbff',
  '\ufffd',
  '\ud83d\ude00',
  '\ude00\ud83d',
  '\ufeffevent',
  'event\u200b',
  '["tickets",null,"visibuild","id","1"]',
  '["tickets","null","visibuild","id","1"]',
  '["tickets",null,"visibuild","id",1]',
  long,
  `${long}a`,
  `${long}b`,
  `a${long}`,
]

describe('keys of the memory store', () => {
  it('differ by every character, while claimed, released, completed and failed', () => {
    expect(new Set(keys).size).toBe(keys.length)
    for (const settle of ['claimed', 'released', 'completed', 'failed']) {
      const { store, claim, release, complete, fail } = timedStore()
      for (const key of keys) {
        expect(claim('a', { key })).toEqual({ state: 'claimed', attempts: 1 })
        if (settle === 'released') expect(release('a', { key })).toBe('released')
        if (settle === 'completed') expect(complete('a', { key })).toBe(true)
        if (settle === 'failed') expect(fail('a', { key })).toBe(true)
      }
      expect(store.size).toBe(keys.length)
      const state = { claimed: 'in-progress', released: 'claimed' }[settle] ?? settle
      const attempts = settle === 'claimed' ? 1 : 2
      for (const key of keys) expect(claim('b', { key })).toMatchObject({ state, attempts })
    }
    expect(Object.prototype).not.toHaveProperty('token')
  })

  it('are the same key however the string was built', () => {
    const { claim, complete } = timedStore()
    const parts = ['tickets', null, 'visibuild', 'id', '019cda2d-3826-d0fb-c8cc-66bd0ee25062']
    claim('a', { key: JSON.stringify(parts) })
    complete('a', { key: `["tickets",null,"visibuild",${'"id"'},"${parts[4]}"]` })
    expect(claim('b', { key: [...JSON.stringify(parts)].join('') })).toMatchObject({ state: 'completed' })
  })

  it('and their notes do not mix', () => {
    const { claim, complete, extend, release, pass } = timedStore()
    claim('a', { key: 'one' })
    claim('a', { key: 'two' })
    complete('a', { key: 'one' })
    expect(extend('a')).toBe(false)
    expect(release('a', { key: 'one' })).toBe('lost')
    pass(1)
    expect(claim('b', { key: 'two' })).toMatchObject({ state: 'in-progress' })
  })
})
