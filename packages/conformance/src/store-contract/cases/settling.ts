import { deepEqual, equal, ok } from 'node:assert/strict'
import { createClaimant, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase } from '../store-case.js'

export const settlingCases: readonly StoreCase[] = [
  {
    name: 'a released event is granted to the next claim, and keeps its attempts',
    async run({ store }) {
      const instance = await store()
      for (const attempts of [1, 2, 3]) {
        const claimant = createClaimant(instance)
        deepEqual(await claimant.claim(), { state: 'claimed', attempts })
        equal(await claimant.release(), 'released')
        equal(await claimant.release(), 'lost')
        equal(await claimant.extend(), false)
      }
    },
  },
  {
    name: 'a completed event is recognised, with whether the content was the same',
    async run({ store }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      equal(await owner.complete(), true)
      const claimant = createClaimant(instance)
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
    name: 'content is compared with that of the completion, not of the claim',
    async run({ store }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim({ fingerprint: 'claimed' })
      await owner.complete({ fingerprint: 'completed' })
      const claimant = createClaimant(instance)
      const seen = ['claimed', 'completed'].map(async (fingerprint) => {
        const result = await claimant.claim({ fingerprint })
        return result.state === 'completed' && result.sameFingerprint
      })
      deepEqual(await Promise.all(seen), [false, true])
    },
  },
  {
    name: 'the owner may repeat a completion, and nobody can undo it',
    async run({ store }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      deepEqual(await Promise.all([owner.complete(), owner.complete(), owner.complete()]), [true, true, true])
      equal(await owner.release(), 'lost')
      for (const method of ['fail', 'acknowledge', 'extend'] as const)
        equal(await owner[method](), false, method)
      const claimant = createClaimant(instance)
      equal(await claimant.release(), 'lost')
      deepEqual(await claimant.claim(), { state: 'completed', attempts: 2, sameFingerprint: true })
    },
  },
  {
    name: 'a completion that is repeated after its lease, and after others saw it, returns true and changes nothing',
    async run({ stores, clock }) {
      const [here, there] = await stores(2)
      ok(here && there)
      const owner = createClaimant(here)
      const other = createClaimant(there)
      await owner.claim()
      equal(await owner.complete(), true)
      const repeated = createClaimant(there, { token: owner.token })
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
    name: 'a repeated completion counts after the first try failed, unless another claimant has the event by then',
    async run({ store, clock }) {
      const instance = await store()
      for (const passed of [0, leaseMs]) {
        const owner = createClaimant(instance, { key: `nobody came within ${passed}` })
        await owner.claim()
        await clock.advance(passed)
        equal(await owner.complete(), true)
      }
      const [late, heir] = [createClaimant(instance), createClaimant(instance)]
      await late.claim()
      await clock.advance(leaseMs)
      await heir.claim()
      equal(await late.complete(), false)
      equal(await heir.complete(), true)
      equal(await late.complete(), false)
    },
  },
  {
    name: 'work that ends after its lease is still completed if nobody took over',
    async run({ store, clock }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      await clock.advance(leaseMs + 1)
      equal(await owner.complete(), true)
      deepEqual(await createClaimant(instance).claim(), {
        state: 'completed',
        attempts: 2,
        sameFingerprint: true,
      })
    },
  },
  {
    name: 'a completion is stored even if the record is gone or was released',
    async run({ store, clock }) {
      const instance = await store()
      const late = createClaimant(instance, { key: 'forgotten' })
      await late.claim()
      await clock.advance(retentionMs)
      equal(await late.complete(), true)
      const never = createClaimant(instance, { key: 'never claimed' })
      equal(await never.complete(), true)
      const freed = createClaimant(instance, { key: 'freed' })
      await freed.claim()
      await freed.release()
      equal(await freed.complete(), true)
      const completed = { state: 'completed', attempts: 2, sameFingerprint: true }
      for (const { key } of [never, late, freed])
        deepEqual(await createClaimant(instance, { key }).claim(), completed, key)
    },
  },
  {
    name: 'a failed event is kept: no claim, completion or release reopens it',
    async run({ store, clock }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      equal(await owner.fail(), true)
      equal(await owner.fail(), false)
      equal(await owner.complete(), false)
      equal(await owner.release(), 'lost')
      await clock.advance(10 * retentionMs)
      deepEqual(await createClaimant(instance).claim(), { state: 'failed', attempts: 2 })
      deepEqual(await owner.claim(), { state: 'failed', attempts: 3 })
    },
  },
  {
    name: 'a release at the limit of attempts keeps the event as failed',
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
          const claimant = createClaimant(instance, { key })
          equal((await claimant.claim()).state, 'claimed')
          equal(
            await claimant.release({ failFromAttempts }),
            attempt === failsAt ? 'failed' : 'released',
            key,
          )
        }
        deepEqual(await createClaimant(instance, { key }).claim(), { state: 'failed', attempts: failsAt + 1 })
      }
    },
  },
  {
    name: 'acked work that fails is kept as failed, even if another claimant took it over',
    async run({ store, clock }) {
      const instance = await store()
      const first = createClaimant(instance, { key: 'own' })
      await first.claim()
      equal(await first.acknowledge(), true)
      equal(await first.acknowledge(), true)
      equal(await first.extend(), true)
      equal(await first.release(), 'failed')
      equal((await createClaimant(instance, { key: 'own' }).claim()).state, 'failed')

      const [stale, heir] = [createClaimant(instance), createClaimant(instance)]
      await stale.claim()
      await stale.acknowledge()
      await clock.advance(leaseMs)
      deepEqual(await heir.claim(), { state: 'claimed', attempts: 2 })
      equal(await heir.release(), 'failed')
    },
  },
  {
    name: 'acked work is completed like any other',
    async run({ store }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      await owner.acknowledge()
      equal((await createClaimant(instance).claim()).state, 'in-progress')
      equal(await owner.complete(), true)
      ok((await createClaimant(instance).claim()).state === 'completed')
    },
  },
]
