import { deepEqual, equal, ok } from 'node:assert/strict'
import type { ClaimResult, DedupeStore } from '@countersign/core'
import { type Claimant, claimantOf, leaseMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'

async function twoOf(stores: StoreTools['stores']): Promise<readonly [DedupeStore, DedupeStore]> {
  const [here, there] = await stores(2)
  ok(here && there)
  return [here, there]
}

export const instanceCases: readonly StoreCase[] = [
  {
    name: 'a store says what it is called and whether it is shared',
    async run({ stores }) {
      const [here, there] = await twoOf(stores)
      equal(typeof here.name, 'string')
      ok(here.name.length > 0)
      equal(typeof here.shared, 'boolean')
      deepEqual([here.name, here.shared], [there.name, there.shared])
    },
  },
  {
    name: 'what one instance writes, another sees, whatever it was',
    needs: 'shared',
    async run({ stores, clock }) {
      const [here, there] = await twoOf(stores)
      const writes: [ClaimResult['state'], (owner: Claimant) => Promise<unknown>][] = [
        ['in-progress', async () => {}],
        ['in-progress', (owner) => owner.extend()],
        ['claimed', (owner) => owner.release()],
        ['completed', (owner) => owner.complete()],
        ['failed', (owner) => owner.fail()],
        ['claimed', async ({ key }) => here.forget({ key, force: true })],
        ['claimed', () => clock.advance(leaseMs)],
        ['failed', (owner) => owner.acknowledge().then(() => owner.release())],
      ]
      for (const [index, [state, write]] of writes.entries()) {
        const key = `event ${index}`
        const owner = claimantOf(here, { key })
        await owner.claim()
        await write(owner)
        equal((await claimantOf(there, { key }).claim()).state, state, `${index}`)
      }
    },
  },
  {
    name: 'a token owns its claim through any instance',
    needs: 'shared',
    async run({ stores }) {
      const [here, there] = await twoOf(stores)
      const token = 'one token'
      await claimantOf(here, { token }).claim()
      const same = claimantOf(there, { token })
      equal(await same.extend(), true)
      equal(await same.acknowledge(), true)
      equal(await same.complete(), true)
    },
  },
  {
    name: 'closing twice is harmless, and takes nothing from other instances or from new ones',
    async run({ store, stores }) {
      const [here, there] = await twoOf(stores)
      const owner = claimantOf(there)
      await owner.claim()
      await here.close?.()
      await here.close?.()
      if (!here.shared) return
      equal(await owner.extend(), true)
      equal((await claimantOf(await store()).claim()).state, 'in-progress')
      equal(await owner.complete(), true)
    },
  },
]
