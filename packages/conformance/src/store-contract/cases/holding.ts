import { deepEqual, equal, ok } from 'node:assert/strict'
import { createClaimant, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'

/** Creates a claim with hold, and lets its lease end. */
async function holdOne({ stores, clock }: StoreTools) {
  const [here, there] = await stores(2)
  ok(here && there)
  const owner = createClaimant(here)
  equal((await owner.claim({ hold: true })).state, 'claimed')
  await clock.advance(leaseMs)
  return { owner, other: createClaimant(there), store: there }
}

export const holdingCases: readonly StoreCase[] = [
  {
    name: 'with hold, nobody gets the event after the lease: neither its own token nor a claim without hold',
    async run(tools) {
      const { owner, other } = await holdOne(tools)
      deepEqual(await other.claim(), { state: 'held', attempts: 2 })
      deepEqual(await other.claim({ hold: true }), { state: 'held', attempts: 3 })
      deepEqual(await owner.claim({ hold: true }), { state: 'held', attempts: 4 })
      equal(await owner.extend(), false)
      equal(await owner.acknowledge(), false)
      equal(await other.complete(), false)
      equal(await other.release(), 'lost')
      await tools.clock.advance(10 * retentionMs)
      equal((await other.claim()).state, 'held')
    },
  },
  {
    name: 'the owner of a held event can complete it, however late',
    async run(tools) {
      const { owner, other } = await holdOne(tools)
      await tools.clock.advance(retentionMs)
      equal(await owner.complete(), true)
      equal((await other.claim()).state, 'completed')
      await tools.clock.advance(retentionMs)
      equal((await other.claim()).state, 'claimed')
    },
  },
  {
    name: 'the owner of a held event can release it or fail it',
    async run(tools) {
      const { owner, other } = await holdOne(tools)
      equal(await owner.release(), 'released')
      deepEqual(await other.claim({ hold: true }), { state: 'claimed', attempts: 2 })
      await tools.clock.advance(leaseMs)
      equal(await other.fail(), true)
      deepEqual(await owner.claim(), { state: 'failed', attempts: 3 })
    },
  },
  {
    name: 'a live claim with hold is in progress and can be extended',
    async run({ store, clock }) {
      const instance = await store()
      const owner = createClaimant(instance)
      await owner.claim({ hold: true })
      await clock.advance(leaseMs - 1)
      equal((await createClaimant(instance).claim()).state, 'in-progress')
      equal(await owner.extend(), true)
      await clock.advance(leaseMs - 1)
      equal((await createClaimant(instance).claim()).state, 'in-progress')
    },
  },
  {
    name: 'hold depends on the current claim, not on earlier ones',
    async run({ store, clock }) {
      const instance = await store()
      const [first, second] = [createClaimant(instance), createClaimant(instance)]
      await first.claim({ hold: true })
      await first.release()
      await second.claim({ hold: false })
      await clock.advance(leaseMs)
      deepEqual(await first.claim({ hold: true }), { state: 'claimed', attempts: 3 })
    },
  },
]
