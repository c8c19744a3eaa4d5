import { deepEqual, equal, ok } from 'node:assert/strict'
import { claimantOf, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'

/** A claim with hold whose lease has ended. */
async function holdOne({ stores, clock }: StoreTools) {
  const [here, there] = await stores(2)
  ok(here && there)
  const owner = claimantOf(here)
  equal((await owner.claim({ hold: true })).state, 'claimed')
  await clock.advance(leaseMs)
  return { owner, other: claimantOf(there), store: there }
}

export const holdingCases: readonly StoreCase[] = [
  {
    name: 'with hold, nobody gets the event after the lease: not its own token, and not a claim without hold',
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
    name: 'what is held is completed by its owner, however late',
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
    name: 'what is held is released by its owner, and fails by it',
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
    name: 'a live claim with hold is in progress, and extended',
    async run({ store, clock }) {
      const instance = await store()
      const owner = claimantOf(instance)
      await owner.claim({ hold: true })
      await clock.advance(leaseMs - 1)
      equal((await claimantOf(instance).claim()).state, 'in-progress')
      equal(await owner.extend(), true)
      await clock.advance(leaseMs - 1)
      equal((await claimantOf(instance).claim()).state, 'in-progress')
    },
  },
  {
    name: 'hold is a matter of the claim that stands, not of earlier ones',
    async run({ store, clock }) {
      const instance = await store()
      const [first, second] = [claimantOf(instance), claimantOf(instance)]
      await first.claim({ hold: true })
      await first.release()
      await second.claim({ hold: false })
      await clock.advance(leaseMs)
      deepEqual(await first.claim({ hold: true }), { state: 'claimed', attempts: 3 })
    },
  },
]
