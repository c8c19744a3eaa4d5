import { deepEqual } from 'node:assert/strict'
import { claimantOf } from '../claimant.js'
import type { StoreCase } from '../store-case.js'
import { expectAllRejected } from './expect-all-rejected.js'

export const clockCases: readonly StoreCase[] = [
  {
    name: 'while its clock gives no finite number, every operation rejects with DedupeStoreError, and nothing changes',
    async run({ storeOnClock }) {
      let reading = 1_000_000
      const store = await storeOnClock({ now: () => reading, monotonic: () => reading })
      await claimantOf(store).claim()
      // Comparisons with NaN are false: the lease would look as if it had ended.
      for (reading of [Number.NaN, Number.POSITIVE_INFINITY, undefined as never])
        await expectAllRejected(store)
      reading = 1_000_001
      const { state, attempts } = await claimantOf(store).claim()
      deepEqual({ state, attempts }, { state: 'in-progress', attempts: 1 })
    },
  },
]
