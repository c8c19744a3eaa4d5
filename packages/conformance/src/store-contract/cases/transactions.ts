import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { type ClaimResult, isWebhookError } from '@countersign/core'
import type { MaybePromise, TransactionalStore } from '@countersign/core/stores'
import { type Claimant, claimantOf, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { after, completeIn } from '../transact.js'

class RolledBack extends Error {}

const needs = 'transactional'

async function isCompleted(store: TransactionalStore<never>, { key, token }: Claimant): Promise<boolean> {
  return store.isCompleted({ key, token })
}

/** Completes within a transaction that commits, and says what was answered there. */
function commit(
  { transact }: StoreTools,
  store: TransactionalStore<never>,
  owner: Claimant,
): Promise<boolean> {
  return transact((transaction) => completeIn(store, transaction, owner))
}

async function rollBack(tools: StoreTools, store: TransactionalStore<never>, owner: Claimant): Promise<void> {
  const rolledBack = tools.transact((transaction) =>
    after(completeIn(store, transaction, owner), (completed) => {
      equal(completed, true)
      throw new RolledBack()
    }),
  )
  await rejects(rolledBack, RolledBack)
}

/** A live claim of somebody else's is neither given away nor told to be done. */
function expectNotYet(result: PromiseSettledResult<ClaimResult>): void {
  const { status } = result
  if (status === 'fulfilled') equal(result.value.state, 'in-progress')
  else ok(isWebhookError(result.reason) && result.reason.name === 'DedupeStoreError', String(result.reason))
}

export const transactionCases: readonly StoreCase[] = [
  {
    name: 'a completion is committed with the transaction it was written in',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [owner, other] = [claimantOf(store), claimantOf(store)]
      await owner.claim()
      equal(await isCompleted(store, owner), false)
      equal(await commit(tools, store, owner), true)
      equal(await isCompleted(store, owner), true)
      equal(await isCompleted(store, other), false)
      deepEqual(await other.claim(), { state: 'completed', attempts: 2, sameFingerprint: true })
      await tools.clock.advance(retentionMs - 1)
      equal((await other.claim({ fingerprint: 'another body' })).state, 'completed')
      await tools.clock.advance(1)
      equal(await isCompleted(store, owner), false)
      deepEqual(await other.claim(), { state: 'claimed', attempts: 1 })
    },
  },
  {
    name: 'a completion is rolled back with the transaction it was written in, and the claim stands as before',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const owner = claimantOf(store)
      await owner.claim()
      await tools.clock.advance(leaseMs - 1_000)
      await rollBack(tools, store, owner)
      equal(await isCompleted(store, owner), false)
      deepEqual(await claimantOf(store).claim(), { state: 'in-progress', attempts: 1, retryAfterMs: 1_000 })
      equal(await owner.extend(), true)
      await rollBack(tools, store, owner)
      equal(await owner.release(), 'released')
      deepEqual(await claimantOf(store).claim(), { state: 'claimed', attempts: 2 })
    },
  },
  {
    name: 'what one transaction holds comes about together, or not at all',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [event, effect] = [claimantOf(store, { key: 'event' }), claimantOf(store, { key: 'effect' })]
      await event.claim()
      await effect.claim()
      const both = (end: () => void) =>
        tools.transact((transaction) =>
          after(completeIn(store, transaction, effect), (first) =>
            after(completeIn(store, transaction, event), (second) => {
              deepEqual([first, second], [true, true])
              end()
            }),
          ),
        )
      const failing = both(() => {
        throw new RolledBack()
      })
      await rejects(failing, RolledBack)
      deepEqual([await isCompleted(store, event), await isCompleted(store, effect)], [false, false])
      await both(() => {})
      deepEqual([await isCompleted(store, event), await isCompleted(store, effect)], [true, true])
    },
  },
  {
    name: 'who was taken over completes nothing in a transaction, and changes nothing',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [stale, owner] = [claimantOf(store), claimantOf(store)]
      await stale.claim()
      await tools.clock.advance(leaseMs)
      await owner.claim()
      equal(await commit(tools, store, stale), false)
      equal(await isCompleted(store, stale), false)
      deepEqual(await claimantOf(store).claim(), { state: 'in-progress', attempts: 2, retryAfterMs: leaseMs })
      equal(await commit(tools, store, owner), true)
      equal(await commit(tools, store, stale), false)
      deepEqual([await isCompleted(store, stale), await isCompleted(store, owner)], [false, true])
    },
  },
  {
    name: 'a transaction completes only what is claimed: nothing that is gone, free or failed',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [gone, free, failed] = ['gone', 'free', 'failed'].map((key) => claimantOf(store, { key }))
      ok(gone && free && failed)
      await free.claim()
      await free.release()
      await failed.claim()
      await failed.fail()
      for (const owner of [gone, free, failed]) {
        equal(await commit(tools, store, owner), false, owner.key)
        equal(await isCompleted(store, owner), false, owner.key)
      }
      const states = [gone, free, failed].map(
        async ({ key }) => (await claimantOf(store, { key }).claim()).state,
      )
      deepEqual(await Promise.all(states), ['claimed', 'claimed', 'failed'])
    },
  },
  {
    name: 'a transaction completes what its token owns: also after the lease, when held, and when acked',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [late, held, acked] = ['late', 'held', 'acked'].map((key) => claimantOf(store, { key }))
      ok(late && held && acked)
      await late.claim()
      await held.claim({ hold: true })
      await acked.claim()
      await acked.acknowledge()
      await tools.clock.advance(leaseMs + 1)
      for (const owner of [late, held, acked]) {
        equal(await commit(tools, store, owner), true, owner.key)
        equal(await isCompleted(store, owner), true, owner.key)
        equal((await claimantOf(store, { key: owner.key }).claim()).state, 'completed', owner.key)
      }
    },
  },
  {
    name: 'while a transaction is open, nobody gets the event, nor is told that it is done',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const owner = claimantOf(store)
      await owner.claim()
      const crowd = Array.from({ length: 5 }, () => claimantOf(store))
      const claimAll = () => Promise.allSettled(crowd.map((claimant) => claimant.claim()))
      let claims: Promise<PromiseSettledResult<ClaimResult>[]> | undefined
      const committed = tools.transact((transaction): MaybePromise<void> => {
        const completed = completeIn(store, transaction, owner)
        claims = typeof completed === 'boolean' ? claimAll() : completed.then(claimAll)
        // One that answers at once holds its transaction for no longer than that: then the claims come after it.
        return typeof completed === 'boolean'
          ? undefined
          : claims.then((results) => results.forEach(expectNotYet))
      })
      await committed
      for (const result of (await claims) ?? [])
        ok(result.status === 'rejected' || result.value.state !== 'claimed', 'it was claimed')
      equal((await claimantOf(store).claim()).state, 'completed')
    },
  },
  {
    name: 'a transaction races with claims after the lease: it completes, or one of them took over, never both',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      for (let round = 0; round < 10; round++) {
        const key = `event ${round}`
        const owner = claimantOf(store, { key })
        await owner.claim()
        await tools.clock.advance(leaseMs)
        const crowd = Array.from({ length: 4 }, () => claimantOf(store, { key }))
        const early = Promise.allSettled(crowd.slice(0, 2).map((claimant) => claimant.claim()))
        // Where the transaction itself fails, nothing of it stays.
        const completed = await commit(tools, store, owner).catch(() => false)
        const late = await Promise.allSettled(crowd.slice(2).map((claimant) => claimant.claim()))
        const results = [...(await early), ...late]
        const granted = results.filter((end) => end.status === 'fulfilled' && end.value.state === 'claimed')
        equal(await isCompleted(store, owner), completed)
        ok(
          granted.length + Number(completed) <= 1,
          `completed: ${completed}, and ${granted.length} claims granted`,
        )
        const { state } = await claimantOf(store, { key }).claim()
        if (completed) equal(state, 'completed')
      }
    },
  },
  {
    name: 'what is no transaction is refused as a wrong option, and changes nothing',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const owner = claimantOf(store)
      await owner.claim()
      for (const wrong of [undefined, null, 7, 'BEGIN', {}, () => {}]) {
        const completing = async () => completeIn(store, wrong as never, owner)
        await rejects(
          completing,
          (error) => isWebhookError(error) && error.name === 'WebhookConfigurationError',
          `${typeof wrong} is no transaction`,
        )
      }
      equal(await isCompleted(store, owner), false)
      equal(await owner.extend(), true)
    },
  },
]
