import { deepEqual, equal, ok } from 'node:assert/strict'
import { type Claimant, claimantOf, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase } from '../store-case.js'

/** Nothing that this one asks for has an effect. */
async function expectPowerless(stale: Claimant): Promise<void> {
  equal(await stale.extend(), false, 'extended')
  equal(await stale.acknowledge(), false, 'acknowledged')
  equal(await stale.complete(), false, 'completed')
  equal(await stale.release(), 'lost', 'released')
  equal(await stale.fail(), false, 'failed')
}

export const leaseCases: readonly StoreCase[] = [
  {
    name: 'a claim ends exactly with its lease, and the next one gets the event',
    async run({ store, clock }) {
      const instance = await store()
      const [owner, other] = [claimantOf(instance), claimantOf(instance)]
      await owner.claim()
      await clock.advance(leaseMs - 1)
      deepEqual(await other.claim(), { state: 'in-progress', attempts: 1, retryAfterMs: 1 })
      await clock.advance(1)
      deepEqual(await other.claim(), { state: 'claimed', attempts: 2 })
    },
  },
  {
    name: 'who was taken over can neither extend nor acknowledge, complete, release or fail',
    async run({ stores, clock }) {
      const [here, there] = await stores(2)
      ok(here && there)
      const [stale, owner] = [claimantOf(here), claimantOf(there)]
      await stale.claim()
      await clock.advance(leaseMs)
      await owner.claim()
      await expectPowerless(stale)
      await clock.advance(leaseMs - 1)
      await expectPowerless(stale)
      equal((await claimantOf(here).claim()).state, 'in-progress', 'the lease was changed')
      ok(await owner.complete())
      equal(await stale.release(), 'lost')
      equal((await claimantOf(here).claim()).state, 'completed')
    },
  },
  {
    name: 'a token that never claimed changes nothing, in any state',
    async run({ store, clock }) {
      const instance = await store()
      const stranger = claimantOf(instance)
      for (const method of ['extend', 'acknowledge', 'fail'] as const) equal(await stranger[method](), false)
      equal(await stranger.release(), 'lost')
      const owner = claimantOf(instance)
      await owner.claim()
      await expectPowerless(stranger)
      await clock.advance(leaseMs)
      await expectPowerless(stranger)
      ok(await owner.fail())
      await expectPowerless(stranger)
      equal((await stranger.claim()).state, 'failed')
    },
  },
  {
    name: 'a lease is extended from now on, also after it ended where nobody took over',
    async run({ store, clock }) {
      const instance = await store()
      const [owner, other] = [claimantOf(instance), claimantOf(instance)]
      await owner.claim()
      await clock.advance(leaseMs + 5_000)
      equal(await owner.extend(), true)
      await clock.advance(leaseMs - 1)
      equal((await other.claim()).state, 'in-progress')
      equal(await owner.extend({ leaseMs: 10 }), true)
      await clock.advance(9)
      deepEqual(await other.claim(), { state: 'in-progress', attempts: 1, retryAfterMs: 1 })
      await clock.advance(1)
      equal((await other.claim()).state, 'claimed')
    },
  },
  {
    name: 'a claim that its owner repeats lasts longer, never shorter',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim({ leaseMs: 100_000 })
      await owner.claim({ leaseMs: 10 })
      await clock.advance(99_999)
      equal((await claimantOf(instance).claim()).state, 'in-progress')
      await owner.claim({ leaseMs: 10 })
      await clock.advance(9)
      equal((await claimantOf(instance).claim()).state, 'in-progress')
      await clock.advance(1)
      equal((await claimantOf(instance).claim()).state, 'claimed')
    },
  },
  {
    name: 'extending moves no retention',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim({ retentionMs: 50_000 })
      await clock.advance(20_000)
      await owner.extend({ leaseMs: 10 })
      await owner.release()
      await clock.advance(29_999)
      // Remembered up to here: it is the second attempt.
      const next = claimantOf(instance)
      deepEqual(await next.claim({ leaseMs: 1, retentionMs: 1 }), { state: 'claimed', attempts: 2 })
      await next.extend({ leaseMs: 60_000 })
      await next.extend({ leaseMs: 1 })
      await clock.advance(1)
      deepEqual(await claimantOf(instance).claim(), { state: 'claimed', attempts: 1 })
    },
  },
  {
    name: 'times of 0 and fractions of a millisecond are times',
    async run({ store, clock }) {
      const instance = await store()
      for (const [index, ms] of [0, 0.25, 0.5, 1.75].entries()) {
        const key = `event ${index}`
        const [owner, other] = [claimantOf(instance, { key }), claimantOf(instance, { key })]
        deepEqual(await owner.claim({ leaseMs: ms }), { state: 'claimed', attempts: 1 })
        equal(await owner.extend({ leaseMs: ms }), true, `extended by ${ms} ms`)
        await clock.advance(Math.ceil(ms) + 1)
        deepEqual(await other.claim({ leaseMs: ms }), { state: 'claimed', attempts: 2 }, `after ${ms} ms`)
        equal(await instance.forget({ key, force: true }), true)
        deepEqual(await owner.claim({ leaseMs: ms, retentionMs: ms }), { state: 'claimed', attempts: 1 })
        equal(await owner.complete({ retentionMs: ms, acceptanceMs: ms }), true, `retained for ${ms} ms`)
        await clock.advance(Math.ceil(ms) + 1)
        deepEqual(await other.claim(), { state: 'claimed', attempts: 1 }, `retained for ${ms} ms`)
        equal(await other.complete({ retentionMs: retentionMs + 0.5, acceptanceMs: 0.5 }), true)
      }
      await clock.advance(0.5)
      const [first, second] = [claimantOf(instance), claimantOf(instance)]
      await first.claim({ leaseMs: 10.5 })
      await clock.advance(0.25)
      const waiting = await second.claim()
      ok(waiting.state === 'in-progress' && Number.isInteger(waiting.retryAfterMs))
    },
  },
]
