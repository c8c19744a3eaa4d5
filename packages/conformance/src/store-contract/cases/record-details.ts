import { deepEqual, equal, ok } from 'node:assert/strict'
import { type DeliveryRecord, type InspectableStore, recordStates } from '@countersign/core/stores'
import { type Claimant, createClaimant, createClaimantPerKey, createClaimants, leaseMs } from '../claimant.js'
import { listAll, plain } from '../list-all.js'
import type { StoreCase, StoreTools } from '../store-case.js'

const handlerFailed = 'ERR_WEBHOOK_HANDLER_FAILED'
const signedAt = Date.UTC(2026, 0, 15, 12)

async function findRecord(store: InspectableStore, key: string): Promise<DeliveryRecord> {
  const records = await listAll(store, { states: recordStates })
  const found = records.find((record) => record.key === key)
  ok(found, `no record of ${key}`)
  return plain(found)
}

/** How often a handler ran for the event, and how many other copies arrived. */
async function readCounts(store: InspectableStore, key: string): Promise<readonly [number, number]> {
  const { attempts, copies } = await findRecord(store, key)
  return [attempts, copies]
}

/** Each brings a claimed event into a state in which no claim is granted. */
const closedStates: readonly [
  name: string,
  bring: (owner: Claimant, clock: StoreTools['clock']) => Promise<unknown>,
][] = [
  ['completed', (owner) => owner.complete()],
  ['failed', (owner) => owner.fail()],
  ['exhausted', (owner) => owner.release({ failFromAttempts: 1 })],
  ['held', (owner, clock) => owner.claim({ hold: true }).then(() => clock.advance(leaseMs))],
]

/** Names and codes that a database may interpret in its own way. */
const oddTexts = [
  'ticket.created',
  'a b',
  '-',
  '%',
  '"',
  '{}',
  '"quoted"',
  '%2D',
  'NULL',
  "it's",
  '\\',
  '\n',
  'a\0b',
  'half \ud800',
  'Grüße 🎫',
  'x'.repeat(200),
]

export const recordDetailCases: readonly StoreCase[] = [
  {
    name: 'after a failed attempt, the list shows which event it was, why it failed and when',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const [released, exhausted, failed] = createClaimantPerKey(store, ['released', 'exhausted', 'failed'])
      for (const owner of [released, exhausted, failed]) await owner.claim({ event: 'ticket.created' })
      await clock.advance(2_000)
      equal(await released.release({ code: handlerFailed, failFromAttempts: 2 }), 'released')
      equal(await exhausted.release({ code: 'ERR_WEBHOOK_NOT_COMMITTED', failFromAttempts: 1 }), 'failed')
      equal(await failed.fail({ code: 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD' }), true)
      await clock.advance(5_000)
      const details = {
        event: 'ticket.created',
        attempts: 1,
        copies: 0,
        leaseLeftMs: undefined,
        sinceMs: 5_000,
      }
      deepEqual((await listAll(store, { states: recordStates })).map(plain), [
        { key: 'exhausted', state: 'failed', ...details, lastCode: 'ERR_WEBHOOK_NOT_COMMITTED' },
        { key: 'failed', state: 'failed', ...details, lastCode: 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD' },
        { key: 'released', state: 'free', ...details, lastCode: handlerFailed },
      ])
    },
  },
  {
    name: 'a code is kept until the next attempt, and neither an expired lease nor a success has one',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const failOnce = async (key: string) => {
        const owner = createClaimant(store, { key })
        await owner.claim({ event: 'push' })
        equal(await owner.release({ code: handlerFailed }), 'released')
        return owner
      }
      const lastCodeOf = async (key: string) => (await findRecord(store, key)).lastCode
      for (const key of ['cut off', 'held', 'acked', 'completed', 'unexplained', 'late']) {
        const first = await failOnce(key)
        equal(await lastCodeOf(key), handlerFailed, key)
        if (key === 'late') {
          ok(await first.complete())
          continue
        }
        const second = createClaimant(store, { key })
        await second.claim({ event: 'push', hold: key === 'held' })
        equal(await lastCodeOf(key), undefined, key)
        if (key === 'acked') await second.acknowledge()
        if (key === 'completed') await second.complete()
        if (key === 'unexplained') await second.release()
      }
      await clock.advance(leaseMs)
      const details = { event: 'push', attempts: 2, copies: 0, lastCode: undefined, leaseLeftMs: undefined }
      deepEqual((await listAll(store, { states: recordStates })).map(plain), [
        { key: 'acked', state: 'orphaned', ...details, sinceMs: 0 },
        { key: 'completed', state: 'completed', ...details, sinceMs: undefined },
        { key: 'cut off', state: 'free', ...details, sinceMs: 0 },
        { key: 'held', state: 'held', ...details, sinceMs: 0 },
        { key: 'late', state: 'completed', ...details, attempts: 1, sinceMs: undefined },
        { key: 'unexplained', state: 'free', ...details, sinceMs: undefined },
      ])
    },
  },
  {
    name: 'attempts are runs of the handler, and deliveries that did not run are counted as copies',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      for (const [key, bring] of closedStates) {
        const owner = createClaimant(store, { key })
        await owner.claim()
        await owner.claim()
        // It waits for the running one, and counts as neither.
        await createClaimant(store, { key }).claim()
        deepEqual(await readCounts(store, key), [1, 0], key)
        await bring(owner, clock)
        for (let copies = 1; copies <= 3; copies++) {
          await createClaimant(store, { key }).claim()
          deepEqual(await readCounts(store, key), [1, copies], key)
        }
      }
    },
  },
  {
    name: 'a copy that runs is an attempt, one that does not is a copy, whatever counts towards the limit',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const claim = (attemptedAt: number) => createClaimant(store).claim({ attemptedAt })
      for (let run = 1; run <= 3; run++) {
        deepEqual(await claim(signedAt), { state: 'claimed', attempts: 1 })
        deepEqual(await readCounts(store, 'event'), [run, 0])
        await clock.advance(leaseMs)
      }
      const owner = createClaimant(store)
      deepEqual(await owner.claim({ attemptedAt: signedAt + 1 }), { state: 'claimed', attempts: 2 })
      equal(await owner.release({ failFromAttempts: 2 }), 'failed')
      deepEqual(await claim(signedAt + 1), { state: 'failed', attempts: 2 })
      deepEqual(await claim(signedAt + 2), { state: 'failed', attempts: 3 })
      deepEqual(await readCounts(store, 'event'), [4, 2])
    },
  },
  {
    name: 'of many claims at once, each is counted once, as an attempt or as a copy',
    needs: 'inspectable',
    async run({ stores, clock }) {
      const instances = await stores(4)
      const store = instances[0] as InspectableStore
      await Promise.all(createClaimants(instances, 40).map((one) => one.claim()))
      deepEqual(await readCounts(store, 'event'), [1, 0])
      await clock.advance(leaseMs)
      await Promise.all(createClaimants(instances, 40).map((one) => one.claim()))
      deepEqual(await readCounts(store, 'event'), [2, 0])
      await clock.advance(leaseMs)
      const owner = createClaimant(store)
      await owner.claim()
      await owner.complete()
      await Promise.all(createClaimants(instances, 40).map((one) => one.claim()))
      deepEqual(await readCounts(store, 'event'), [3, 40])
    },
  },
  {
    name: 'an event keeps the name of its last attempt, and a forgotten event has none',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const eventOf = async () => (await findRecord(store, 'event')).event
      const owner = createClaimant(store)
      await owner.claim({ event: 'first' })
      await createClaimant(store).claim({ event: 'waits' })
      equal(await eventOf(), 'first')
      await clock.advance(leaseMs)
      const second = createClaimant(store)
      await second.claim()
      equal(await eventOf(), 'first')
      await second.release({ code: handlerFailed })
      const third = createClaimant(store)
      await third.claim({ event: 'third' })
      equal(await eventOf(), 'third')
      await third.complete()
      await createClaimant(store).claim({ event: 'copy' })
      equal(await eventOf(), 'third')
      ok(await store.forget({ key: 'event' }))
      await createClaimant(store).claim()
      equal(await eventOf(), undefined)
      deepEqual(await readCounts(store, 'event'), [1, 0])
    },
  },
  {
    name: 'names and codes are listed unchanged, and an empty one counts as none',
    needs: 'inspectable',
    async run({ inspectable }) {
      const store = await inspectable()
      for (const [index, text] of oddTexts.entries()) {
        const [released, held] = createClaimantPerKey(store, [`released ${index}`, `held ${index}`])
        await released.claim({ event: text })
        await held.claim({ event: text, hold: true })
        await released.release({ code: text })
        await held.fail({ code: text })
        for (const { key } of [released, held]) {
          const { event, lastCode } = await findRecord(store, key)
          deepEqual([event, lastCode], [text, text])
        }
        ok((await store.forget({ key: released.key })) && (await store.forget({ key: held.key })))
      }
      const nameless = createClaimant(store)
      await nameless.claim({ event: '' })
      await nameless.release({ code: '' })
      const { event, lastCode, sinceMs } = await findRecord(store, 'event')
      deepEqual([event, lastCode, sinceMs], [undefined, undefined, undefined])
    },
  },
]
