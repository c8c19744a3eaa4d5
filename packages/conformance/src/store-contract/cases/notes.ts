import { deepEqual, equal, ok } from 'node:assert/strict'
import type { DeliveryRecord, InspectableStore } from '@countersign/core/stores'
import { type Claimant, claimantOf, crowdOf, leaseMs } from '../claimant.js'
import { listAll, plain } from '../list-all.js'
import type { StoreCase, StoreTools } from '../store-case.js'

const allStates = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed'] as const

const handlerFailed = 'ERR_WEBHOOK_HANDLER_FAILED'
const signedAt = Date.UTC(2026, 0, 15, 12)

async function recordOf(store: InspectableStore, key: string): Promise<DeliveryRecord> {
  const records = await listAll(store, { states: allStates })
  const found = records.find((record) => record.key === key)
  ok(found, `no record of ${key}`)
  return plain(found)
}

/** How often a handler got the event, and how many copies came beside that. */
async function countsOf(store: InspectableStore, key: string): Promise<readonly [number, number]> {
  const { attempts, copies } = await recordOf(store, key)
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

/** Names and codes that a database may read as something else. */
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

export const noteCases: readonly StoreCase[] = [
  {
    name: 'after a failed attempt the list says which event it was, why it failed, and when',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const [released, exhausted, failed] = ['released', 'exhausted', 'failed'].map((key) =>
        claimantOf(store, { key }),
      )
      ok(released && exhausted && failed)
      for (const owner of [released, exhausted, failed]) await owner.claim({ event: 'ticket.created' })
      await clock.advance(2_000)
      equal(await released.release({ code: handlerFailed, failFromAttempts: 2 }), 'released')
      equal(await exhausted.release({ code: 'ERR_WEBHOOK_NOT_COMMITTED', failFromAttempts: 1 }), 'failed')
      equal(await failed.fail({ code: 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD' }), true)
      await clock.advance(5_000)
      const noted = {
        event: 'ticket.created',
        attempts: 1,
        copies: 0,
        leaseLeftMs: undefined,
        sinceMs: 5_000,
      }
      deepEqual((await listAll(store, { states: allStates })).map(plain), [
        { key: 'exhausted', state: 'failed', ...noted, lastCode: 'ERR_WEBHOOK_NOT_COMMITTED' },
        { key: 'failed', state: 'failed', ...noted, lastCode: 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD' },
        { key: 'released', state: 'free', ...noted, lastCode: handlerFailed },
      ])
    },
  },
  {
    name: 'a code lasts until the next attempt, and neither a lease that was cut off nor a success has one',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const failOnce = async (key: string) => {
        const owner = claimantOf(store, { key })
        await owner.claim({ event: 'push' })
        equal(await owner.release({ code: handlerFailed }), 'released')
        return owner
      }
      const lastCodeOf = async (key: string) => (await recordOf(store, key)).lastCode
      for (const key of ['cut off', 'held', 'acked', 'completed', 'unexplained', 'late']) {
        const first = await failOnce(key)
        equal(await lastCodeOf(key), handlerFailed, key)
        if (key === 'late') {
          ok(await first.complete())
          continue
        }
        const second = claimantOf(store, { key })
        await second.claim({ event: 'push', hold: key === 'held' })
        equal(await lastCodeOf(key), undefined, key)
        if (key === 'acked') await second.acknowledge()
        if (key === 'completed') await second.complete()
        if (key === 'unexplained') await second.release()
      }
      await clock.advance(leaseMs)
      const noted = { event: 'push', attempts: 2, copies: 0, lastCode: undefined, leaseLeftMs: undefined }
      deepEqual((await listAll(store, { states: allStates })).map(plain), [
        { key: 'acked', state: 'orphaned', ...noted, sinceMs: 0 },
        { key: 'completed', state: 'completed', ...noted, sinceMs: undefined },
        { key: 'cut off', state: 'free', ...noted, sinceMs: 0 },
        { key: 'held', state: 'held', ...noted, sinceMs: 0 },
        { key: 'late', state: 'completed', ...noted, attempts: 1, sinceMs: undefined },
        { key: 'unexplained', state: 'free', ...noted, sinceMs: undefined },
      ])
    },
  },
  {
    name: 'attempts are runs of the handler, and what came without one is counted beside them as copies',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      for (const [key, bring] of closedStates) {
        const owner = claimantOf(store, { key })
        await owner.claim()
        await owner.claim()
        // It waits for the one who runs, and is neither.
        await claimantOf(store, { key }).claim()
        deepEqual(await countsOf(store, key), [1, 0], key)
        await bring(owner, clock)
        for (let copies = 1; copies <= 3; copies++) {
          await claimantOf(store, { key }).claim()
          deepEqual(await countsOf(store, key), [1, copies], key)
        }
      }
    },
  },
  {
    name: 'a copy that runs is an attempt, one that does not is a copy, whatever counts for the limit',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const claim = (attemptedAt: number) => claimantOf(store).claim({ attemptedAt })
      for (let run = 1; run <= 3; run++) {
        deepEqual(await claim(signedAt), { state: 'claimed', attempts: 1 })
        deepEqual(await countsOf(store, 'event'), [run, 0])
        await clock.advance(leaseMs)
      }
      const owner = claimantOf(store)
      deepEqual(await owner.claim({ attemptedAt: signedAt + 1 }), { state: 'claimed', attempts: 2 })
      equal(await owner.release({ failFromAttempts: 2 }), 'failed')
      deepEqual(await claim(signedAt + 1), { state: 'failed', attempts: 2 })
      deepEqual(await claim(signedAt + 2), { state: 'failed', attempts: 3 })
      deepEqual(await countsOf(store, 'event'), [4, 2])
    },
  },
  {
    name: 'of many claims at once each is counted once, as an attempt or as a copy',
    needs: 'inspectable',
    async run({ stores, clock }) {
      const instances = await stores(4)
      const store = instances[0] as InspectableStore
      await Promise.all(crowdOf(instances, 40).map((one) => one.claim()))
      deepEqual(await countsOf(store, 'event'), [1, 0])
      await clock.advance(leaseMs)
      await Promise.all(crowdOf(instances, 40).map((one) => one.claim()))
      deepEqual(await countsOf(store, 'event'), [2, 0])
      await clock.advance(leaseMs)
      const owner = claimantOf(store)
      await owner.claim()
      await owner.complete()
      await Promise.all(crowdOf(instances, 40).map((one) => one.claim()))
      deepEqual(await countsOf(store, 'event'), [3, 40])
    },
  },
  {
    name: 'an event keeps the name that its last attempt had, and what was forgotten has none',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const store = await inspectable()
      const eventOf = async () => (await recordOf(store, 'event')).event
      const owner = claimantOf(store)
      await owner.claim({ event: 'first' })
      await claimantOf(store).claim({ event: 'waits' })
      equal(await eventOf(), 'first')
      await clock.advance(leaseMs)
      const second = claimantOf(store)
      await second.claim()
      equal(await eventOf(), 'first')
      await second.release({ code: handlerFailed })
      const third = claimantOf(store)
      await third.claim({ event: 'third' })
      equal(await eventOf(), 'third')
      await third.complete()
      await claimantOf(store).claim({ event: 'copy' })
      equal(await eventOf(), 'third')
      ok(await store.forget({ key: 'event' }))
      await claimantOf(store).claim()
      equal(await eventOf(), undefined)
      deepEqual(await countsOf(store, 'event'), [1, 0])
    },
  },
  {
    name: 'names and codes are listed as they were given, and an empty one is none',
    needs: 'inspectable',
    async run({ inspectable }) {
      const store = await inspectable()
      for (const [index, text] of oddTexts.entries()) {
        const [released, held] = [`released ${index}`, `held ${index}`].map((key) =>
          claimantOf(store, { key }),
        )
        ok(released && held)
        await released.claim({ event: text })
        await held.claim({ event: text, hold: true })
        await released.release({ code: text })
        await held.fail({ code: text })
        for (const { key } of [released, held]) {
          const { event, lastCode } = await recordOf(store, key)
          deepEqual([event, lastCode], [text, text])
        }
        ok((await store.forget({ key: released.key })) && (await store.forget({ key: held.key })))
      }
      const nameless = claimantOf(store)
      await nameless.claim({ event: '' })
      await nameless.release({ code: '' })
      const { event, lastCode, sinceMs } = await recordOf(store, 'event')
      deepEqual([event, lastCode, sinceMs], [undefined, undefined, undefined])
    },
  },
]
