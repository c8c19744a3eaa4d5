import { deepEqual, equal, ok } from 'node:assert/strict'
import type { ClaimResult } from '@countersign/core'
import { claimAll, claimantOf, crowdOf, leaseMs } from '../claimant.js'
import type { StoreCase } from '../store-case.js'

/** One was granted and counted, and all others are told to wait. */
function expectOneWinner(
  results: readonly ClaimResult[],
  { countedBefore }: { countedBefore: number },
): void {
  const count = (state: ClaimResult['state']) => results.filter((result) => result.state === state).length
  deepEqual([count('claimed'), count('in-progress')], [1, results.length - 1], 'claimed, in progress')
  const attempts = results.map((result) => result.attempts)
  deepEqual(
    attempts,
    results.map(() => countedBefore + 1),
    'the claim that is granted counts, and no other',
  )
  for (const result of results) if (result.state === 'in-progress') expectWait(result, leaseMs)
}

/** Whole milliseconds, more than none, and no longer than the lease. */
function expectWait({ retryAfterMs }: ClaimResult & { state: 'in-progress' }, longest: number): void {
  ok(
    Number.isInteger(retryAfterMs) && retryAfterMs > 0 && retryAfterMs <= longest,
    `told to wait ${retryAfterMs} ms of a lease with ${longest} ms left`,
  )
}

export const claimCases: readonly StoreCase[] = [
  {
    name: 'of a hundred claims at once one is granted, and it alone is counted',
    async run({ stores }) {
      const results = await claimAll(crowdOf(await stores(4), 100))
      expectOneWinner(results, { countedBefore: 0 })
    },
  },
  {
    name: 'of a hundred claims at once after a lease has ended one takes over',
    async run({ stores, clock }) {
      const instances = await stores(4)
      const [first] = crowdOf(instances, 1)
      await first?.claim()
      await clock.advance(leaseMs)
      expectOneWinner(await claimAll(crowdOf(instances, 100)), { countedBefore: 1 })
      equal(await first?.extend(), false)
    },
  },
  {
    name: 'a claim that its owner repeats is granted again and not counted, also when several come at once',
    async run({ stores }) {
      const token = 'one token'
      const claimants = (await stores(3)).map((store) => claimantOf(store, { token }))
      const results = await claimAll([...claimants, ...claimants, ...claimants])
      deepEqual(
        results,
        results.map(() => ({ state: 'claimed', attempts: 1 })),
      )
    },
  },
  {
    name: 'a claim tells how long the lease still lasts, in whole milliseconds',
    async run({ store, clock }) {
      const instance = await store()
      const [owner, other] = [claimantOf(instance), claimantOf(instance)]
      await owner.claim()
      for (const passed of [10_000, 19_999]) {
        await clock.advance(passed)
        const left = leaseMs - (clock.monotonic() % leaseMs)
        const result = await other.claim({ fingerprint: 'another body' })
        ok(result.state === 'in-progress', result.state)
        expectWait(result, left)
        equal(result.retryAfterMs, left)
      }
    },
  },
]
