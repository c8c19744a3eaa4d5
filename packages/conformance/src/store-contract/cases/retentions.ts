import { deepEqual, equal, ok } from 'node:assert/strict'
import type { DedupeStore } from '@countersign/core'
import { createClaimant, createClaimantPerKey, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { until } from '../until.js'

const first = { state: 'claimed', attempts: 1 }

/** Expects a completed event to be remembered for exactly the retention from now. */
async function expectForgottenAfterRetention(store: DedupeStore, clock: StoreTools['clock']): Promise<void> {
  await clock.advance(retentionMs - 1)
  equal((await createClaimant(store).claim()).state, 'completed')
  await clock.advance(1)
  deepEqual(await createClaimant(store).claim(), first)
}

export const retentionCases: readonly StoreCase[] = [
  {
    name: 'a completed event is remembered for its retention, then forgotten',
    async run({ store, clock }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      await clock.advance(1_000)
      await owner.complete()
      await expectForgottenAfterRetention(instance, clock)
    },
  },
  {
    name: 'a completion with a shorter retention does not shorten that of its claim',
    async run({ store, clock }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      await owner.complete({ retentionMs: 10 })
      await expectForgottenAfterRetention(instance, clock)
    },
  },
  {
    name: 'claims of a completed event do not prolong its retention',
    async run({ store, clock }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim()
      await owner.complete()
      for (let part = 0; part < 4; part++) {
        equal((await createClaimant(instance).claim()).state, 'completed')
        await clock.advance(retentionMs / 4)
      }
      deepEqual(await createClaimant(instance).claim(), first)
    },
  },
  {
    name: 'a released or expired claim is forgotten after its retention',
    async run({ store, clock }) {
      const instance = await store()
      const [released, cut] = createClaimantPerKey(instance, ['released', 'cut'])
      await released.claim()
      await released.release()
      await cut.claim()
      await clock.advance(retentionMs - 1)
      const early = await Promise.all(
        [released, cut].map(({ key }) =>
          createClaimant(instance, { key }).claim({ leaseMs: 1, retentionMs: 1 }),
        ),
      )
      deepEqual(
        early,
        [1, 2].map(() => ({ state: 'claimed', attempts: 2 })),
      )
      await clock.advance(1)
      const late = [released, cut].map(({ key }) => createClaimant(instance, { key }).claim())
      deepEqual(await Promise.all(late), [first, first])
    },
  },
  {
    name: 'a live claim is remembered beyond its retention, until its lease ends',
    async run({ store, clock }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim({ retentionMs: 10 })
      await clock.advance(10)
      equal(await owner.extend(), true)
      await clock.advance(leaseMs - 1)
      equal((await createClaimant(instance).claim({ retentionMs: 10 })).state, 'in-progress')
      await clock.advance(1)
      deepEqual(await createClaimant(instance).claim(), first)
    },
  },
  {
    name: 'an event that failed, is held or was acked is never forgotten',
    async run({ store, clock }) {
      const instance = await store()
      const [failed, held, acked] = createClaimantPerKey(instance, ['failed', 'held', 'acked'])
      await failed.claim({ retentionMs: 10 })
      await failed.fail()
      await held.claim({ retentionMs: 10, hold: true })
      await acked.claim({ retentionMs: 10 })
      await acked.acknowledge()
      for (let year = 1; year <= 3; year++) {
        await clock.advance(365 * 24 * 3_600_000)
        const states: string[] = []
        for (const { key } of [failed, held])
          states.push((await createClaimant(instance, { key }).claim({ retentionMs: 10 })).state)
        deepEqual(states, ['failed', 'held'], `after ${year} years`)
      }
      deepEqual(await createClaimant(instance, { key: 'acked' }).claim(), { state: 'claimed', attempts: 2 })
    },
  },
  {
    name: 'leases and retentions end by the backend’s own clock, not earlier',
    async run({ storeOnOwnClock }) {
      const store = await storeOnOwnClock()
      const [owner, heir] = [createClaimant(store), createClaimant(store)]
      const before = performance.now()
      equal((await owner.claim({ leaseMs: 60 })).state, 'claimed')
      await until('the lease ends', async () => (await heir.claim({ leaseMs: 60_000 })).state === 'claimed')
      // Clocks that count whole milliseconds may be off by one at each end.
      ok(performance.now() - before >= 58, 'the lease ended early')
      equal(await owner.extend(), false)
      equal(await heir.release(), 'released')

      const brief = createClaimant(store, { key: 'brief' })
      const since = performance.now()
      equal((await brief.claim({ leaseMs: 20, retentionMs: 20 })).state, 'claimed')
      equal(await brief.complete({ retentionMs: 60 }), true)
      const repeat = () => createClaimant(store, { key: 'brief' }).claim({ leaseMs: 1, retentionMs: 1 })
      await until('the retention ends', async () => (await repeat()).state === 'claimed')
      ok(performance.now() - since >= 58, 'the retention ended early')
    },
  },
  {
    name: 'a record whose times are already over is forgotten, also by the backend’s own clock',
    async run({ store, storeOnOwnClock, clock }) {
      const pass: [Awaited<ReturnType<typeof store>>, () => Promise<void>][] = [
        [await store(), () => clock.advance(5)],
        [await storeOnOwnClock(), async () => {}],
      ]
      for (const [index, [instance, wait]] of pass.entries()) {
        for (const ending of ['none', 'release', 'complete', 'extend'] as const) {
          const key = `${index} ${ending}`
          const owner = createClaimant(instance, { key })
          const over = { leaseMs: 1, retentionMs: 1 }
          await owner.claim(over)
          await wait()
          if (ending === 'release') await owner.release()
          if (ending === 'complete') await owner.complete({ retentionMs: 0, acceptanceMs: 0 })
          if (ending === 'extend') await owner.extend({ leaseMs: 0 })
          // Every claim that is granted here ends after a millisecond.
          await until(`${key} is forgotten`, async () => {
            await wait()
            const { state, attempts } = await createClaimant(instance, { key }).claim(over)
            return state === 'claimed' && attempts === 1
          })
        }
      }
    },
  },
]
