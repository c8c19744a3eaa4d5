import { deepEqual, equal, ok } from 'node:assert/strict'
import { claimantOf, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase } from '../store-case.js'

export const settlingCases: readonly StoreCase[] = [
  {
    name: 'what was released is claimed by the next one, with the attempts kept',
    async run({ store }) {
      const instance = await store()
      for (const attempts of [1, 2, 3]) {
        const claimant = claimantOf(instance)
        deepEqual(await claimant.claim(), { state: 'claimed', attempts })
        equal(await claimant.release(), 'released')
        equal(await claimant.release(), 'lost')
        equal(await claimant.extend(), false)
      }
    },
  },
  {
    name: 'a completion is recognised, and whether the content was the same',
    async run({ store }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      equal(await owner.complete(), true)
      const claimant = claimantOf(instance)
      deepEqual(await claimant.claim(), { state: 'completed', attempts: 2, sameFingerprint: true })
      deepEqual(await claimant.claim({ fingerprint: 'another body' }), {
        state: 'completed',
        attempts: 3,
        sameFingerprint: false,
      })
      deepEqual(await owner.claim(), { state: 'completed', attempts: 4, sameFingerprint: true })
    },
  },
  {
    name: 'content is compared with what was completed, not with what was claimed',
    async run({ store }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim({ fingerprint: 'claimed' })
      await owner.complete({ fingerprint: 'completed' })
      const claimant = claimantOf(instance)
      const seen = ['claimed', 'completed'].map(async (fingerprint) => {
        const result = await claimant.claim({ fingerprint })
        return result.state === 'completed' && result.sameFingerprint
      })
      deepEqual(await Promise.all(seen), [false, true])
    },
  },
  {
    name: 'a completion may be repeated by its owner, and undone by nobody',
    async run({ store }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      deepEqual(await Promise.all([owner.complete(), owner.complete(), owner.complete()]), [true, true, true])
      equal(await owner.release(), 'lost')
      for (const method of ['fail', 'acknowledge', 'extend'] as const)
        equal(await owner[method](), false, method)
      const claimant = claimantOf(instance)
      equal(await claimant.release(), 'lost')
      deepEqual(await claimant.claim(), { state: 'completed', attempts: 2, sameFingerprint: true })
    },
  },
  {
    name: 'a completion that is repeated after its lease, and after others saw it, is true and changes nothing',
    async run({ stores, clock }) {
      const [here, there] = await stores(2)
      ok(here && there)
      const owner = claimantOf(here)
      const other = claimantOf(there)
      await owner.claim()
      equal(await owner.complete(), true)
      const repeated = claimantOf(there, { token: owner.token })
      for (let copy = 2; copy <= 4; copy++) {
        await clock.advance(leaseMs)
        equal(await repeated.complete({ retentionMs: 10 * retentionMs }), true)
        const answer = { state: 'completed', attempts: copy, sameFingerprint: true }
        deepEqual(await other.claim(), answer)
      }
      equal(await repeated.complete({ fingerprint: 'another body' }), true)
      deepEqual(await other.claim(), { state: 'completed', attempts: 5, sameFingerprint: true })
      await clock.advance(retentionMs - 3 * leaseMs)
      equal((await other.claim()).state, 'claimed', 'repeating it prolonged the retention')
      equal(await owner.complete(), false)
    },
  },
  {
    name: 'a completion that failed and is repeated counts, unless another has the event by then',
    async run({ store, clock }) {
      const instance = await store()
      for (const passed of [0, leaseMs]) {
        const owner = claimantOf(instance, { key: `nobody came within ${passed}` })
        await owner.claim()
        await clock.advance(passed)
        equal(await owner.complete(), true)
      }
      const [late, heir] = [claimantOf(instance), claimantOf(instance)]
      await late.claim()
      await clock.advance(leaseMs)
      await heir.claim()
      equal(await late.complete(), false)
      equal(await heir.complete(), true)
      equal(await late.complete(), false)
    },
  },
  {
    name: 'work that ends after its lease is completed all the same, where nobody took over',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      await clock.advance(leaseMs + 1)
      equal(await owner.complete(), true)
      deepEqual(await claimantOf(instance).claim(), {
        state: 'completed',
        attempts: 2,
        sameFingerprint: true,
      })
    },
  },
  {
    name: 'a completion is written down where the record is gone, or was freed',
    async run({ store, clock }) {
      const instance = await store()
      const late = claimantOf(instance, { key: 'forgotten' })
      await late.claim()
      await clock.advance(retentionMs)
      equal(await late.complete(), true)
      const never = claimantOf(instance, { key: 'never claimed' })
      equal(await never.complete(), true)
      const freed = claimantOf(instance, { key: 'freed' })
      await freed.claim()
      await freed.release()
      equal(await freed.complete(), true)
      const completed = { state: 'completed', attempts: 2, sameFingerprint: true }
      for (const { key } of [never, late, freed])
        deepEqual(await claimantOf(instance, { key }).claim(), completed, key)
    },
  },
  {
    name: 'what failed is kept: no claim, completion or release gets it back',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      equal(await owner.fail(), true)
      equal(await owner.fail(), false)
      equal(await owner.complete(), false)
      equal(await owner.release(), 'lost')
      await clock.advance(10 * retentionMs)
      deepEqual(await claimantOf(instance).claim(), { state: 'failed', attempts: 2 })
      deepEqual(await owner.claim(), { state: 'failed', attempts: 3 })
    },
  },
  {
    name: 'a release from so many attempts on keeps the event as failed',
    async run({ store }) {
      const instance = await store()
      const limits: [limit: number, failsAt: number][] = [
        [0, 1],
        [1, 1],
        [2, 2],
        [3, 3],
      ]
      for (const [failFromAttempts, failsAt] of limits) {
        const key = `at most ${failFromAttempts}`
        for (let attempt = 1; attempt <= failsAt; attempt++) {
          const claimant = claimantOf(instance, { key })
          equal((await claimant.claim()).state, 'claimed')
          equal(
            await claimant.release({ failFromAttempts }),
            attempt === failsAt ? 'failed' : 'released',
            key,
          )
        }
        deepEqual(await claimantOf(instance, { key }).claim(), { state: 'failed', attempts: failsAt + 1 })
      }
    },
  },
  {
    name: 'work that was acked and fails is kept as failed, also by who took it over',
    async run({ store, clock }) {
      const instance = await store()
      const first = claimantOf(instance, { key: 'own' })
      await first.claim()
      equal(await first.acknowledge(), true)
      equal(await first.acknowledge(), true)
      equal(await first.extend(), true)
      equal(await first.release(), 'failed')
      equal((await claimantOf(instance, { key: 'own' }).claim()).state, 'failed')

      const [stale, heir] = [claimantOf(instance), claimantOf(instance)]
      await stale.claim()
      await stale.acknowledge()
      await clock.advance(leaseMs)
      deepEqual(await heir.claim(), { state: 'claimed', attempts: 2 })
      equal(await heir.release(), 'failed')
    },
  },
  {
    name: 'work that was acked is completed as any other',
    async run({ store }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      await owner.acknowledge()
      equal((await claimantOf(instance).claim()).state, 'in-progress')
      equal(await owner.complete(), true)
      ok((await claimantOf(instance).claim()).state === 'completed')
    },
  },
]
