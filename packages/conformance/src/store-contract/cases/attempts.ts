import { deepEqual, equal, ok } from 'node:assert/strict'
import type { DedupeStore } from '@countersign/core'
import { type Claimant, claimAll, claimantOf, crowdOf, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'

/** When a sender may have signed its first attempt. */
const signedAt = Date.UTC(2026, 0, 15, 12)

/** A claim of somebody new, signed at that time, or with no signed time. */
function claimAt(store: DedupeStore, key: string, attemptedAt?: number) {
  return claimantOf(store, { key }).claim({ attemptedAt })
}

/** Each brings a claimed event into a state in which claims that meet it may count. */
const states: readonly [
  state: string,
  bring: (owner: Claimant, clock: StoreTools['clock']) => Promise<unknown>,
][] = [
  ['completed', (owner) => owner.complete()],
  ['failed', (owner) => owner.fail()],
  ['failed', (owner) => owner.release({ failFromAttempts: 1 })],
  ['failed', (owner) => owner.acknowledge().then(() => owner.release())],
  ['held', (owner, clock) => owner.claim({ hold: true }).then(() => clock.advance(leaseMs))],
]

export const attemptCases: readonly StoreCase[] = [
  {
    name: 'a claim that meets a live one is not counted, however late it was signed',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim({ attemptedAt: signedAt })
      for (const attemptedAt of [undefined, signedAt, signedAt + 60_000]) {
        const { state, attempts } = await claimAt(instance, owner.key, attemptedAt)
        deepEqual([state, attempts], ['in-progress', 1])
      }
      equal(await owner.release({ failFromAttempts: 2 }), 'released')
      deepEqual(await claimAt(instance, owner.key, signedAt + 60_000), { state: 'claimed', attempts: 2 })
      await clock.advance(leaseMs)
      deepEqual(await claimAt(instance, owner.key, signedAt + 120_000), { state: 'claimed', attempts: 3 })
    },
  },
  {
    name: 'copies of one attempt count once: they run again what failed, and use up nothing',
    async run({ store, clock }) {
      const instance = await store()
      for (let copy = 0; copy < 5; copy++) {
        const released = claimantOf(instance, { key: 'released' })
        deepEqual(await released.claim({ attemptedAt: signedAt }), { state: 'claimed', attempts: 1 })
        equal(await released.release({ failFromAttempts: 2 }), 'released')
        deepEqual(await claimAt(instance, 'cut off', signedAt), { state: 'claimed', attempts: 1 })
        await clock.advance(leaseMs)
      }
      for (const key of ['released', 'cut off'])
        deepEqual(await claimAt(instance, key, signedAt + 1), { state: 'claimed', attempts: 2 }, key)
    },
  },
  {
    name: 'copies count in no state, and a later attempt counts in each',
    async run({ store, clock }) {
      const instance = await store()
      for (const [index, [state, bring]] of states.entries()) {
        const key = `event ${index}`
        const owner = claimantOf(instance, { key })
        await owner.claim({ attemptedAt: signedAt })
        await bring(owner, clock)
        const seen: unknown[] = []
        for (const attemptedAt of [
          signedAt,
          signedAt - 1,
          signedAt + 1,
          signedAt,
          signedAt + 1,
          undefined,
          signedAt + 1,
        ]) {
          const result = await claimAt(instance, key, attemptedAt)
          seen.push([result.state, result.attempts])
        }
        deepEqual(
          seen,
          [1, 1, 2, 2, 2, 3, 3].map((attempts) => [state, attempts]),
          `${index}: ${state}`,
        )
      }
    },
  },
  {
    name: 'two captured attempts that are sent in turn count no more than once each',
    async run({ store, clock }) {
      const instance = await store()
      const attempts: number[] = []
      for (let turn = 0; turn < 6; turn++) {
        const owner = claimantOf(instance)
        attempts.push((await owner.claim({ attemptedAt: signedAt + (turn % 2) })).attempts)
        if (turn < 3) await owner.release()
        else await clock.advance(leaseMs)
      }
      deepEqual(attempts, [1, 2, 2, 2, 2, 2])
    },
  },
  {
    name: 'of many copies at once after a lease has ended one takes over, and none is counted',
    async run({ stores, clock }) {
      const instances = await stores(4)
      await crowdOf(instances, 1)[0]?.claim({ attemptedAt: signedAt })
      await clock.advance(leaseMs)
      const crowd = crowdOf(instances, 40)
      const copies = await Promise.all(crowd.map((copy) => copy.claim({ attemptedAt: signedAt })))
      deepEqual(new Set(copies.map(({ attempts }) => attempts)), new Set([1]))
      equal(copies.filter(({ state }) => state === 'claimed').length, 1)
      await clock.advance(leaseMs)
      equal(
        (await claimAll(crowdOf(instances, 40))).every(({ attempts }) => attempts === 2),
        true,
      )
    },
  },
  {
    name: 'the latest signed time is kept through all that becomes of a claim',
    async run({ store, clock }) {
      const instance = await store()
      const changes: [string, (owner: Claimant) => Promise<unknown>][] = [
        ['extend', (owner) => owner.extend()],
        ['claim it again', (owner) => owner.claim({ attemptedAt: signedAt - 1 })],
        ['claim it again without', (owner) => owner.claim()],
        ['acknowledge', (owner) => owner.acknowledge()],
        ['a copy', ({ key }) => claimAt(instance, key, signedAt + 1)],
        ['complete twice', (owner) => owner.complete().then(() => owner.complete())],
        ['release and complete', (owner) => owner.release().then(() => owner.complete())],
      ]
      for (const [key, change] of changes) {
        const owner = claimantOf(instance, { key })
        await owner.claim({ attemptedAt: signedAt })
        await change(owner)
        await clock.advance(leaseMs)
        equal((await claimAt(instance, key, signedAt)).attempts, 1, `after: ${key}`)
        await clock.advance(leaseMs)
        equal((await claimAt(instance, key, signedAt + 1)).attempts, 2, `after: ${key}`)
      }
    },
  },
  {
    name: 'the first claim of a record counts, whatever was signed before it was forgotten',
    async run({ store, clock }) {
      const instance = await store()
      const first = { state: 'claimed', attempts: 1 }
      deepEqual(await claimAt(instance, 'event', signedAt), first)
      ok(await instance.forget({ key: 'event', force: true }))
      deepEqual(await claimAt(instance, 'event', signedAt - 60_000), first)
      await clock.advance(retentionMs)
      deepEqual(await claimAt(instance, 'event', signedAt - 120_000), first)
      await clock.advance(leaseMs)
      deepEqual(await claimAt(instance, 'event', signedAt - 60_000), { state: 'claimed', attempts: 2 })
      const late = claimantOf(instance, { key: 'completed when it was gone' })
      await late.claim({ attemptedAt: signedAt })
      await clock.advance(retentionMs)
      ok(await late.complete())
      equal((await claimAt(instance, late.key, signedAt)).attempts, 2)
    },
  },
  {
    name: 'signed times are compared exactly, however large or small',
    async run({ store, clock }) {
      const instance = await store()
      const times = [
        -8.64e15,
        -1,
        0,
        0.25,
        0.5,
        signedAt,
        signedAt + 0.25,
        signedAt + 1,
        8.64e15 - 1,
        8.64e15,
      ]
      for (const [index, attemptedAt] of times.entries()) {
        for (const copy of ['the attempt', 'its copy']) {
          const { state, attempts } = await claimAt(instance, 'event', attemptedAt)
          deepEqual([state, attempts], ['claimed', index + 1], `${copy} of ${attemptedAt}`)
          await clock.advance(leaseMs)
        }
      }
    },
  },
]
