import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { type ClaimResult, isWebhookError } from '@countersign/core'
import type { MaybePromise, TransactionalStore } from '@countersign/core/stores'
import { type Claimant, createClaimant, createClaimantPerKey, leaseMs, retentionMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { completeIn, thenMaybe } from '../transact.js'

class RolledBack extends Error {}

const needs = 'transactional'

async function isCompleted(store: TransactionalStore<never>, { key, token }: Claimant): Promise<boolean> {
  return store.isCompleted({ key, token })
}

/** Completes in a transaction that commits. @returns the answer of `completeIn` */
function commit(
  { transact }: StoreTools,
  store: TransactionalStore<never>,
  owner: Claimant,
): Promise<boolean> {
  return transact((transaction) => completeIn(store, transaction, owner))
}

async function rollBack(tools: StoreTools, store: TransactionalStore<never>, owner: Claimant): Promise<void> {
  const rolledBack = tools.transact((transaction) =>
    thenMaybe(completeIn(store, transaction, owner), (completed) => {
      equal(completed, true)
      throw new RolledBack()
    }),
  )
  await rejects(rolledBack, RolledBack)
}

/** Expects that the event is still in progress, or that the claim failed. */
function expectNotYet(result: PromiseSettledResult<ClaimResult>): void {
  const { status } = result
  if (status === 'fulfilled') equal(result.value.state, 'in-progress')
  else ok(isWebhookError(result.reason) && result.reason.name === 'DedupeStoreError', String(result.reason))
}

export const transactionCases: readonly StoreCase[] = [
  {
    name: 'a completion is committed with its transaction',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [owner, other] = [createClaimant(store), createClaimant(store)]
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
    name: 'a completion is rolled back with its transaction, and the claim is unchanged',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const owner = createClaimant(store)
      await owner.claim()
      await tools.clock.advance(leaseMs - 1_000)
      await rollBack(tools, store, owner)
      equal(await isCompleted(store, owner), false)
      deepEqual(await createClaimant(store).claim(), {
        state: 'in-progress',
        attempts: 1,
        retryAfterMs: 1_000,
      })
      equal(await owner.extend(), true)
      await rollBack(tools, store, owner)
      equal(await owner.release(), 'released')
      deepEqual(await createClaimant(store).claim(), { state: 'claimed', attempts: 2 })
    },
  },
  {
    name: 'a transaction takes effect as a whole or not at all',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [event, effect] = createClaimantPerKey(store, ['event', 'effect'])
      await event.claim()
      await effect.claim()
      const both = (end: () => void) =>
        tools.transact((transaction) =>
          thenMaybe(completeIn(store, transaction, effect), (first) =>
            thenMaybe(completeIn(store, transaction, event), (second) => {
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
    name: 'an owner that was replaced completes nothing in a transaction and changes nothing',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [stale, owner] = [createClaimant(store), createClaimant(store)]
      await stale.claim()
      await tools.clock.advance(leaseMs)
      await owner.claim()
      equal(await commit(tools, store, stale), false)
      equal(await isCompleted(store, stale), false)
      deepEqual(await createClaimant(store).claim(), {
        state: 'in-progress',
        attempts: 2,
        retryAfterMs: leaseMs,
      })
      equal(await commit(tools, store, owner), true)
      equal(await commit(tools, store, stale), false)
      deepEqual([await isCompleted(store, stale), await isCompleted(store, owner)], [false, true])
    },
  },
  {
    name: 'a transaction completes only claimed events: none that are gone, free or failed',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [gone, free, failed] = createClaimantPerKey(store, ['gone', 'free', 'failed'])
      await free.claim()
      await free.release()
      await failed.claim()
      await failed.fail()
      for (const owner of [gone, free, failed]) {
        equal(await commit(tools, store, owner), false, owner.key)
        equal(await isCompleted(store, owner), false, owner.key)
      }
      const states = [gone, free, failed].map(
        async ({ key }) => (await createClaimant(store, { key }).claim()).state,
      )
      deepEqual(await Promise.all(states), ['claimed', 'claimed', 'failed'])
    },
  },
  {
    name: 'a transaction completes what its token owns: even after the lease, when held and when acked',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const [late, held, acked] = createClaimantPerKey(store, ['late', 'held', 'acked'])
      await late.claim()
      await held.claim({ hold: true })
      await acked.claim()
      await acked.acknowledge()
      await tools.clock.advance(leaseMs + 1)
      for (const owner of [late, held, acked]) {
        equal(await commit(tools, store, owner), true, owner.key)
        equal(await isCompleted(store, owner), true, owner.key)
        equal((await createClaimant(store, { key: owner.key }).claim()).state, 'completed', owner.key)
      }
    },
  },
  {
    name: 'while a transaction is open, nobody else gets the event or finds it completed',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const owner = createClaimant(store)
      await owner.claim()
      const crowd = Array.from({ length: 5 }, () => createClaimant(store))
      const claimAll = () => Promise.allSettled(crowd.map((claimant) => claimant.claim()))
      let claims: Promise<PromiseSettledResult<ClaimResult>[]> | undefined
      const committed = tools.transact((transaction): MaybePromise<void> => {
        const completed = completeIn(store, transaction, owner)
        claims = typeof completed === 'boolean' ? claimAll() : completed.then(claimAll)
        // A store that answers synchronously keeps its transaction open only until then, so the claims follow it.
        return typeof completed === 'boolean'
          ? undefined
          : claims.then((results) => results.forEach(expectNotYet))
      })
      await committed
      for (const result of (await claims) ?? [])
        ok(result.status === 'rejected' || result.value.state !== 'claimed', 'the event was claimed')
      equal((await createClaimant(store).claim()).state, 'completed')
    },
  },
  {
    name: 'a transaction races with claims after the lease: it completes, or one of them took over, never both',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      for (let round = 0; round < 10; round++) {
        const key = `event ${round}`
        const owner = createClaimant(store, { key })
        await owner.claim()
        await tools.clock.advance(leaseMs)
        const crowd = Array.from({ length: 4 }, () => createClaimant(store, { key }))
        const early = Promise.allSettled(crowd.slice(0, 2).map((claimant) => claimant.claim()))
        // If the transaction itself fails, nothing of it remains.
        const completed = await commit(tools, store, owner).catch(() => false)
        const late = await Promise.allSettled(crowd.slice(2).map((claimant) => claimant.claim()))
        const results = [...(await early), ...late]
        const granted = results.filter((end) => end.status === 'fulfilled' && end.value.state === 'claimed')
        equal(await isCompleted(store, owner), completed)
        ok(
          granted.length + Number(completed) <= 1,
          `completed: ${completed}, and ${granted.length} claims granted`,
        )
        const { state } = await createClaimant(store, { key }).claim()
        if (completed) equal(state, 'completed')
      }
    },
  },
  {
    name: 'a value that is not a transaction is refused as an invalid option and changes nothing',
    needs,
    async run(tools) {
      const store = await tools.transactional()
      const owner = createClaimant(store)
      await owner.claim()
      for (const wrong of [undefined, null, 7, 'BEGIN', {}, () => {}]) {
        const completing = async () => completeIn(store, wrong as never, owner)
        await rejects(
          completing,
          (error) => isWebhookError(error) && error.name === 'WebhookConfigurationError',
          `${typeof wrong} is not a transaction`,
        )
      }
      equal(await isCompleted(store, owner), false)
      equal(await owner.extend(), true)
    },
  },
]
