import { deepEqual, equal, ok } from 'node:assert/strict'
import { claimantOf, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase } from '../store-case.js'
import { until } from '../until.js'

const first = { state: 'claimed', attempts: 1 }

export const retentionCases: readonly StoreCase[] = [
  {
    name: 'what is completed is remembered for its retention, and then forgotten',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      await clock.advance(1_000)
      await owner.complete()
      await clock.advance(retentionMs - 1)
      equal((await claimantOf(instance).claim()).state, 'completed')
      await clock.advance(1)
      deepEqual(await claimantOf(instance).claim(), first)
    },
  },
  {
    name: 'a completion with a shorter retention does not shorten the one of its claim',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      await owner.complete({ retentionMs: 10 })
      await clock.advance(retentionMs - 1)
      equal((await claimantOf(instance).claim()).state, 'completed')
      await clock.advance(1)
      deepEqual(await claimantOf(instance).claim(), first)
    },
  },
  {
    name: 'claims of what is completed do not prolong its retention',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim()
      await owner.complete()
      for (let part = 0; part < 4; part++) {
        equal((await claimantOf(instance).claim()).state, 'completed')
        await clock.advance(retentionMs / 4)
      }
      deepEqual(await claimantOf(instance).claim(), first)
    },
  },
  {
    name: 'what was released, or cut off, is forgotten after its retention',
    async run({ store, clock }) {
      const instance = await store()
      const [released, cut] = [
        claimantOf(instance, { key: 'released' }),
        claimantOf(instance, { key: 'cut' }),
      ]
      await released.claim()
      await released.release()
      await cut.claim()
      await clock.advance(retentionMs - 1)
      const early = await Promise.all(
        [released, cut].map(({ key }) => claimantOf(instance, { key }).claim({ leaseMs: 1, retentionMs: 1 })),
      )
      deepEqual(
        early,
        [1, 2].map(() => ({ state: 'claimed', attempts: 2 })),
      )
      await clock.advance(1)
      const late = [released, cut].map(({ key }) => claimantOf(instance, { key }).claim())
      deepEqual(await Promise.all(late), [first, first])
    },
  },
  {
    name: 'a live claim is remembered beyond its retention, until its lease ends',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim({ retentionMs: 10 })
      await clock.advance(10)
      equal(await owner.extend(), true)
      await clock.advance(leaseMs - 1)
      equal((await claimantOf(instance).claim({ retentionMs: 10 })).state, 'in-progress')
      await clock.advance(1)
      deepEqual(await claimantOf(instance).claim(), first)
    },
  },
  {
    name: 'what failed, is held or was acked is never forgotten',
    async run({ store, clock }) {
      const instance = await store()
      const [failed, held, acked] = ['failed', 'held', 'acked'].map((key) => claimantOf(instance, { key }))
      ok(failed && held && acked)
      await failed.claim({ retentionMs: 10 })
      await failed.fail()
      await held.claim({ retentionMs: 10, hold: true })
      await acked.claim({ retentionMs: 10 })
      await acked.acknowledge()
      for (let year = 1; year <= 3; year++) {
        await clock.advance(365 * 24 * 3_600_000)
        const states: string[] = []
        for (const { key } of [failed, held])
          states.push((await claimantOf(instance, { key }).claim({ retentionMs: 10 })).state)
        deepEqual(states, ['failed', 'held'], `after ${year} years`)
      }
      deepEqual(await claimantOf(instance, { key: 'acked' }).claim(), { state: 'claimed', attempts: 2 })
    },
  },
  {
    name: 'leases and retentions end by the backend’s own clock, and not before',
    async run({ storeOnOwnClock }) {
      const store = await storeOnOwnClock()
      const [owner, heir] = [claimantOf(store), claimantOf(store)]
      const before = performance.now()
      equal((await owner.claim({ leaseMs: 60 })).state, 'claimed')
      await until('the lease ends', async () => (await heir.claim({ leaseMs: 60_000 })).state === 'claimed')
      // Clocks that count whole milliseconds may be one off at each end.
      ok(performance.now() - before >= 58, 'the lease ended early')
      equal(await owner.extend(), false)
      equal(await heir.release(), 'released')

      const brief = claimantOf(store, { key: 'brief' })
      const since = performance.now()
      equal((await brief.claim({ leaseMs: 20, retentionMs: 20 })).state, 'claimed')
      equal(await brief.complete({ retentionMs: 60 }), true)
      const repeat = () => claimantOf(store, { key: 'brief' }).claim({ leaseMs: 1, retentionMs: 1 })
      await until('the retention ends', async () => (await repeat()).state === 'claimed')
      ok(performance.now() - since >= 58, 'the retention ended early')
    },
  },
  {
    name: 'a record whose times are over already is no record for ever, by the backend’s own clock either',
    async run({ store, storeOnOwnClock, clock }) {
      const pass: [Awaited<ReturnType<typeof store>>, () => Promise<void>][] = [
        [await store(), () => clock.advance(5)],
        [await storeOnOwnClock(), async () => {}],
      ]
      for (const [index, [instance, wait]] of pass.entries()) {
        for (const ending of ['none', 'release', 'complete', 'extend'] as const) {
          const key = `${index} ${ending}`
          const owner = claimantOf(instance, { key })
          const over = { leaseMs: 1, retentionMs: 1 }
          await owner.claim(over)
          await wait()
          if (ending === 'release') await owner.release()
          if (ending === 'complete') await owner.complete({ retentionMs: 0, acceptanceMs: 0 })
          if (ending === 'extend') await owner.extend({ leaseMs: 0 })
          // Every claim that is granted here is over after a millisecond itself.
          await until(`${key} is forgotten`, async () => {
            await wait()
            const { state, attempts } = await claimantOf(instance, { key }).claim(over)
            return state === 'claimed' && attempts === 1
          })
        }
      }
    },
  },
]
