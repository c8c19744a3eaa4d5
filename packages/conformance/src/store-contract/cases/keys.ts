import { deepEqual, equal, ok } from 'node:assert/strict'
import type { ClaimResult } from '@countersign/core'
import { claimantOf } from '../claimant.js'
import type { StoreCase } from '../store-case.js'

const long = 'x'.repeat(100_000)

/** Any of them may come out of a sender's body, and each is another event. */
export const oddKeys: readonly string[] = [
  '',
  ' ',
  'key',
  'KEY',
  'Key',
  'key ',
  'key  ',
  ' key',
  'key\n',
  'key\r\n',
  'key\t',
  'key\0',
  'key\0\0',
  '\0key',
  'ke\0y',
  'k\u00e9y',
  'ke\u0301y',
  'stra\u00dfe',
  'strasse',
  'STRASSE',
  '\u212aey',
  '\ud83d\ude00',
  '\ud83d',
  '\ude00',
  '\ude00\ud83d',
  'key\ud800',
  'key\udfff',
  '\ufffd',
  'key\ufffd',
  '\ufeffkey',
  '\u200bkey',
  '"',
  '"key"',
  '"key\\u0000"',
  'key\\u0000',
  '\\',
  'key\\0',
  "it's",
  "'; DROP TABLE deliveries; --",
  '$1',
  '{key}',
  '[key]',
  '{"key":1}',
  '["key"]',
  'a:b',
  'a:b:c',
  'a,b',
  'a/b',
  'a*',
  'a?',
  'a[b]',
  'a%',
  'a_',
  '%',
  '_',
  'null',
  'undefined',
  'true',
  '0',
  '-0',
  '00',
  '1',
  '1e0',
  'NaN',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  long,
  `${long}y`,
  `${long} `,
  `y${long}`,
  `${'x'.repeat(2_700)}\0`,
  '\u00e9'.repeat(50_000),
]

const first: ClaimResult = { state: 'claimed', attempts: 1 }
const byName = (key: string) =>
  key.length > 40 ? `${key.slice(0, 20)}... (${key.length})` : JSON.stringify(key)

export const keyCases: readonly StoreCase[] = [
  {
    name: 'every string is a key, and no two are the same',
    async run({ stores }) {
      const [store, other = store] = await stores(2)
      ok(store && other)
      for (const key of oddKeys) deepEqual(await claimantOf(store, { key }).claim(), first, byName(key))
      // Each is still the only attempt of its own record, and live.
      for (const key of oddKeys) {
        const { state, attempts } = await claimantOf(other, { key }).claim()
        deepEqual([state, attempts], ['in-progress', 1], `${byName(key)} was mistaken for another`)
      }
      for (const key of oddKeys) {
        equal(await store.forget({ key, force: true }), true, byName(key))
        equal(await other.forget({ key, force: true }), false, byName(key))
      }
    },
  },
  {
    name: 'every operation takes every key',
    async run({ store }) {
      const instance = await store()
      for (const key of oddKeys) {
        const owner = claimantOf(instance, { key })
        await owner.claim()
        equal(await owner.extend(), true, byName(key))
        equal(await owner.release(), 'released', byName(key))
        await owner.claim()
        equal(await owner.acknowledge(), true, byName(key))
        equal(await owner.complete(), true, byName(key))
        equal((await owner.claim()).state, 'completed', byName(key))
        const failing = claimantOf(instance, { key: `${key} fails` })
        await failing.claim()
        equal(await failing.fail(), true, byName(key))
      }
    },
  },
  {
    name: 'keys are listed as they were given',
    needs: 'inspectable',
    async run({ inspectable }) {
      const instance = await inspectable()
      for (const key of oddKeys) await claimantOf(instance, { key }).claim()
      const listed: string[] = []
      for await (const { key } of instance.list()) listed.push(key)
      deepEqual(listed.sort(), [...oddKeys].sort())
      for (const key of listed) equal(await instance.forget({ key, force: true }), true, byName(key))
    },
  },
  {
    name: 'tokens and fingerprints are compared exactly, whatever they hold',
    async run({ store }) {
      const instance = await store()
      const texts = oddKeys.filter((text) => !/\0|\p{Surrogate}/u.test(text) && text.length < 1_000)
      for (const text of texts) {
        const key = `of ${text}`
        const owner = claimantOf(instance, { key, token: `token ${text}` })
        await owner.claim({ fingerprint: text })
        for (const token of [`token ${text} `, `TOKEN ${text}`, `token  ${text}`])
          equal(await claimantOf(instance, { key, token }).extend(), false, byName(token))
        equal((await owner.claim()).attempts, 1)
        equal(await owner.extend(), true)
        equal(await owner.complete({ fingerprint: text }), true)
        equal(await owner.complete({ fingerprint: text }), true)
        for (const [fingerprint, isSame] of [
          [text, true],
          [`${text} `, false],
          [`f${text}`, false],
        ] as const) {
          const result = await claimantOf(instance, { key }).claim({ fingerprint })
          equal(result.state === 'completed' && result.sameFingerprint, isSame, byName(fingerprint))
        }
      }
    },
  },
]
