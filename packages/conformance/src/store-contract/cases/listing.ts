import { deepEqual, equal, ok } from 'node:assert/strict'
import type { DeliveryRecord, InspectableStore, RecordCounts } from '@countersign/core/stores'
import { claimantOf, leaseMs, retentionMs } from '../claimant.js'
import { listAll, plain } from '../list-all.js'
import type { StoreCase, StoreTools } from '../store-case.js'

const none: RecordCounts = { free: 0, claimed: 0, acked: 0, orphaned: 0, held: 0, failed: 0, completed: 0 }
const allStates = Object.keys(none) as (keyof RecordCounts)[]

/** Records of every state, some of them in several ways; all that takes time happens within one lease. */
async function fill({ inspectable, clock }: StoreTools): Promise<InspectableStore> {
  const store = await inspectable()
  const by = (key: string) => claimantOf(store, { key })
  await by('cut off').claim()
  await by('held').claim({ hold: true })
  const [orphaned, orphanedWithHold] = [by('orphaned'), by('orphaned with hold')]
  await orphaned.claim()
  await orphaned.acknowledge()
  await orphanedWithHold.claim({ hold: true })
  await orphanedWithHold.acknowledge()
  const failed = by('failed')
  await failed.claim()
  await clock.advance(leaseMs - 1_000)
  await failed.fail()
  await clock.advance(3_000)
  await by('claimed').claim()
  await by('claimed').claim()
  const acked = by('acked')
  await acked.claim({ hold: true })
  await acked.acknowledge()
  const [completed, released] = [by('completed'), by('released')]
  await completed.claim()
  await completed.complete()
  await released.claim()
  await released.release()
  await clock.advance(1_000)
  return store
}

const noNotes = { event: undefined, attempts: 1, copies: 0, lastCode: undefined }

const record = (
  key: string,
  state: DeliveryRecord['state'],
  { leaseLeftMs, sinceMs, ...notes }: Partial<DeliveryRecord> = {},
): DeliveryRecord => ({ key, state, ...noNotes, ...notes, leaseLeftMs, sinceMs })

/** What {@link fill} left. */
const filled: readonly DeliveryRecord[] = [
  record('acked', 'acked', { leaseLeftMs: leaseMs - 1_000 }),
  record('claimed', 'claimed', { leaseLeftMs: leaseMs - 1_000 }),
  record('completed', 'completed'),
  record('cut off', 'free', { sinceMs: 3_000 }),
  record('failed', 'failed', { sinceMs: 4_000 }),
  record('held', 'held', { sinceMs: 3_000 }),
  record('orphaned', 'orphaned', { sinceMs: 3_000 }),
  record('orphaned with hold', 'orphaned', { sinceMs: 3_000 }),
  record('released', 'free'),
]

export const listingCases: readonly StoreCase[] = [
  {
    name: 'nothing is listed where nothing is',
    needs: 'inspectable',
    async run({ inspectable }) {
      const store = await inspectable()
      deepEqual(await listAll(store, { states: allStates }), [])
      deepEqual({ ...(await store.count()) }, none)
    },
  },
  {
    name: 'records of every state are listed, with their attempts, the lease left and the time since',
    needs: 'inspectable',
    async run(tools) {
      const store = await fill(tools)
      deepEqual((await listAll(store, { states: allStates })).map(plain), filled)
      deepEqual(
        { ...(await store.count()) },
        {
          free: 2,
          claimed: 1,
          acked: 1,
          orphaned: 2,
          held: 1,
          failed: 1,
          completed: 1,
        },
      )
    },
  },
  {
    name: 'all but what is free or completed is listed unless states are asked for',
    needs: 'inspectable',
    async run(tools) {
      const store = await fill(tools)
      const open = filled.filter(({ state }) => state !== 'free' && state !== 'completed')
      deepEqual((await listAll(store)).map(plain), open)
      deepEqual((await listAll(store, {})).map(plain), open)
      for (const state of allStates) {
        const expected = filled.filter((known) => known.state === state)
        deepEqual((await listAll(store, { states: [state] })).map(plain), expected, state)
      }
      const two = filled.filter(({ state }) => state === 'held' || state === 'completed')
      deepEqual((await listAll(store, { states: ['held', 'completed'] })).map(plain), two)
      deepEqual(await listAll(store, { states: [] }), [])
    },
  },
  {
    name: 'the time since a failure stands, however often the event comes again',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const [failed, exhausted] = ['failed', 'exhausted'].map((key) => claimantOf(store, { key }))
      ok(failed && exhausted)
      await failed.claim()
      await exhausted.claim()
      await clock.advance(100)
      await failed.fail()
      await exhausted.release({ failFromAttempts: 1 })
      for (let day = 1; day <= 3; day++) {
        await clock.advance(86_400_000)
        await claimantOf(store, { key: 'failed' }).claim()
        const since = (await listAll(store)).map(({ sinceMs }) => sinceMs)
        deepEqual(since, [day * 86_400_000, day * 86_400_000])
      }
    },
  },
  {
    name: 'what is past its retention is neither listed nor counted, and what is kept is',
    needs: 'inspectable',
    async run(tools) {
      const store = await fill(tools)
      await tools.clock.advance(retentionMs)
      const kept = (await listAll(store, { states: allStates })).map(({ key, state }) => `${key}: ${state}`)
      deepEqual(
        kept,
        [
          'acked: orphaned',
          'failed: failed',
          'held: held',
          'orphaned with hold: orphaned',
          'orphaned: orphaned',
        ].sort((a, b) => ((a.split(':')[0] as string) < (b.split(':')[0] as string) ? -1 : 1)),
      )
      deepEqual({ ...(await store.count()) }, { ...none, orphaned: 3, held: 1, failed: 1 })
    },
  },
  {
    name: 'thousands of records are listed once each, also while they are forgotten',
    needs: 'inspectable',
    async run({ inspectable }) {
      const store = await inspectable()
      const keys = Array.from({ length: 2_500 }, (_, index) => `event ${index}`)
      for (let start = 0; start < keys.length; start += 50) {
        const owners = keys.slice(start, start + 50).map((key) => claimantOf(store, { key }))
        await Promise.all(owners.map((owner) => owner.claim()))
        await Promise.all(owners.map((owner) => owner.fail()))
      }
      const listed = (await listAll(store)).map(({ key }) => key)
      equal(listed.length, keys.length)
      deepEqual(new Set(listed), new Set(keys))
      equal((await store.count()).failed, keys.length)

      const seen: string[] = []
      for await (const { key } of store.list({ states: ['failed'] })) {
        seen.push(key)
        equal(await store.forget({ key }), true, key)
      }
      equal(seen.length, keys.length)
      deepEqual(new Set(seen), new Set(keys))
      deepEqual({ ...(await store.count()) }, none)
    },
  },
  {
    name: 'a list that is not read to its end stops, and harms nothing',
    needs: 'inspectable',
    async run({ inspectable }) {
      const store = await inspectable()
      for (let index = 0; index < 30; index++) await claimantOf(store, { key: `event ${index}` }).claim()
      for (let round = 0; round < 30; round++) for await (const _record of store.list()) break
      equal((await listAll(store)).length, 30)
      equal((await claimantOf(store).claim()).state, 'claimed')
    },
  },
]
