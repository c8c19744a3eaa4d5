import { deepEqual, equal, rejects } from 'node:assert/strict'
import { isWebhookError } from '@countersign/core'
import { claimantOf, leaseMs } from '../claimant.js'
import type { StoreCase } from '../store-case.js'

const isFull = (error: unknown) => isWebhookError(error, 'ERR_WEBHOOK_STORE_FULL')

export const fullStoreCases: readonly StoreCase[] = [
  {
    name: 'a full store makes room for new events by those that were released or cut off',
    needs: 'bounded',
    async run({ boundedStore, clock }) {
      const store = await boundedStore(4)
      const by = (key: string) => claimantOf(store, { key })
      await by('cut off').claim()
      await clock.advance(leaseMs)
      for (const key of ['first', 'second', 'third']) {
        const owner = by(key)
        await owner.claim()
        equal(await owner.release(), 'released')
      }
      for (let count = 1; count <= 4; count++)
        deepEqual(await by(`new ${count}`).claim(), { state: 'claimed', attempts: 1 })
      await rejects(by('one more').claim(), isFull)
    },
  },
  {
    name: 'a full store refuses a new event before it drops one that is live, done, failed, held or acked',
    needs: 'bounded',
    async run({ boundedStore, clock }) {
      const store = await boundedStore(5)
      const by = (key: string) => claimantOf(store, { key })
      const [acked, completed, failed] = [by('acked'), by('completed'), by('failed')]
      await acked.claim()
      await acked.acknowledge()
      await by('held').claim({ hold: true })
      await clock.advance(leaseMs)
      await completed.claim()
      await completed.complete()
      await failed.claim()
      await failed.fail()
      await by('live').claim()
      await rejects(by('new').claim(), isFull)
      await rejects(by('new').complete(), isFull)

      deepEqual(await by('live').claim(), { state: 'in-progress', attempts: 1, retryAfterMs: leaseMs })
      deepEqual(await by('completed').claim(), { state: 'completed', attempts: 2, sameFingerprint: true })
      deepEqual(await by('failed').claim(), { state: 'failed', attempts: 2 })
      deepEqual(await by('held').claim({ hold: true }), { state: 'held', attempts: 2 })
      const next = by('acked')
      deepEqual(await next.claim(), { state: 'claimed', attempts: 2 })
      equal(await next.release(), 'failed')

      equal(await store.forget({ key: 'failed' }), true)
      deepEqual(await by('new').claim(), { state: 'claimed', attempts: 1 })
    },
  },
]
