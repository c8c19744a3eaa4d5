import { deepEqual, equal, ok } from 'node:assert/strict'
import type { DedupeStore } from '@countersign/core'
import { claimAll, claimantOf, crowdOf, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase } from '../store-case.js'

const first = { state: 'claimed', attempts: 1 }

export const forgettingCases: readonly StoreCase[] = [
  {
    name: 'forgetting makes a key as if never seen, in every state but that of a live claim',
    async run({ stores, clock }) {
      const instances = await stores(2)
      const [store, other = store] = instances
      if (!store || !other) return
      const settle: Record<string, (owner: ReturnType<typeof claimantOf>) => Promise<unknown>> = {
        completed: (owner) => owner.complete(),
        released: (owner) => owner.release(),
        failed: (owner) => owner.fail(),
        'cut off': () => clock.advance(leaseMs),
        orphaned: (owner) => owner.acknowledge().then(() => clock.advance(leaseMs)),
        held: () => clock.advance(leaseMs),
      }
      for (const [key, end] of Object.entries(settle)) {
        const owner = claimantOf(store, { key })
        await owner.claim({ hold: key === 'held' })
        await end(owner)
        equal(await other.forget({ key }), true, key)
        equal(await other.forget({ key }), false, key)
        deepEqual(await claimantOf(store, { key }).claim(), first, key)
      }
    },
  },
  {
    name: 'a live claim is forgotten only by force, and its owner then owns nothing',
    async run({ stores }) {
      const [store, other = store] = await stores(2)
      if (!store || !other) return
      for (const acked of [false, true]) {
        const key = acked ? 'acked' : 'claimed'
        const owner = claimantOf(store, { key })
        await owner.claim()
        if (acked) await owner.acknowledge()
        equal(await other.forget({ key }), false)
        equal(await other.forget({ key, force: false }), false)
        equal(await owner.extend(), true)
        equal(await other.forget({ key, force: true }), true)
        equal(await owner.extend(), false)
        const next = claimantOf(store, { key })
        deepEqual(await next.claim(), first)
        equal(await owner.complete(), false)
        equal(await owner.release(), 'lost')
      }
    },
  },
  {
    name: 'there is nothing to forget where a key was never seen, or is past its retention',
    async run({ store, clock }) {
      const instance = await store()
      equal(await instance.forget({ key: 'never seen' }), false)
      equal(await instance.forget({ key: 'never seen', force: true }), false)
      const owner = claimantOf(instance)
      await owner.claim()
      await owner.complete()
      await clock.advance(retentionMs)
      equal(await instance.forget({ key: owner.key }), false)
    },
  },
  {
    name: 'forgetting races with claims: one of them is granted, or the next one',
    async run({ stores }) {
      const instances = await stores(4)
      for (let round = 0; round < 20; round++) {
        const key = `event ${round}`
        const [owner, ...crowd] = crowdOf(instances, 21, key)
        await owner?.claim()
        await owner?.complete()
        const claims = claimAll(crowd.slice(0, 10))
        const forgetting = instances[round % 4]?.forget({ key })
        const results = [...(await claims), ...(await claimAll(crowd.slice(10)))]
        equal(await forgetting, true)
        const granted = results.filter(({ state }) => state === 'claimed').length
        ok(granted <= 1, `${granted} claims were granted`)
        // All of them may have been answered before it.
        const next = await claimantOf(instances[0] as DedupeStore, { key }).claim()
        equal(next.state, granted === 1 ? 'in-progress' : 'claimed')
      }
    },
  },
]
