import { deepEqual, equal, ok } from 'node:assert/strict'
import { createFakeClock } from '@countersign/testing'
import { type ContractEndpoint, contractEndpoint, gate, newEvent } from '../contract-endpoint.js'
import { failOnce } from '../intercept-store.js'
import type { StoreCase } from '../store-case.js'
import { until } from '../until.js'
import { expectOutcome } from './expect-outcome.js'

const leaseMs = 30_000

/** The work ends behind the answer, when the store has been told. */
async function untilCopiesAre(type: string, endpoint: ContractEndpoint, event: string): Promise<void> {
  await until(`copies are ${type}`, async () => (await endpoint.receive(event)).type === type)
}

export const deferredCases: readonly StoreCase[] = [
  {
    name: 'deferred work is acknowledged, keeps its lease, and is completed when it ends',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock, leaseMs })
      const event = newEvent()
      const { promise, open } = gate()
      expectOutcome(await endpoint.receive(event, ({ defer }) => defer(promise)), 'accepted')
      for (let step = 0; step < 6; step++) {
        expectOutcome(await endpoint.receive(event), 'in-progress')
        await clock.advance(leaseMs / 3)
        await until('the lease is renewed', async () => endpoint.renewals > step)
      }
      open()
      await untilCopiesAre('duplicate', endpoint, event)
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'deferred work that fails is kept as failed, for its sender does not come again',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock, leaseMs })
      const event = newEvent()
      const { promise, fail } = gate()
      expectOutcome(await endpoint.receive(event, ({ defer }) => defer(promise)), 'accepted')
      fail(new Error('it fails'))
      await untilCopiesAre('failed-for-good', endpoint, event)
      // Over a network, copies may find the record failed before the receiver has the answer to that.
      await until('onFailed is called', async () => endpoint.told.some((hook) => hook.startsWith('onFailed')))
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'deferred work whose process dies is listed as orphaned, and kept',
    needs: 'inspectable',
    async run({ inspectable, clock }) {
      const instance = await inspectable()
      const ownClock = createFakeClock({ now: clock.now() })
      const endpoint = contractEndpoint(instance, { clock: ownClock, leaseMs })
      const event = newEvent()
      expectOutcome(await endpoint.receive(event, ({ defer }) => defer(gate().promise)), 'accepted')
      const statesOf = async () => {
        const states: string[] = []
        for await (const { state } of instance.list()) states.push(state)
        return states
      }
      deepEqual(await statesOf(), ['acked'])
      await clock.advance(leaseMs)
      deepEqual(await statesOf(), ['orphaned'])
      await clock.advance(1_000 * 3_600_000)
      deepEqual(await statesOf(), ['orphaned'])
    },
  },
  {
    name: 'deferred work that could not be acknowledged is answered 503, and completed all the same',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(failOnce(await store(), 'acknowledge'), { clock, leaseMs })
      const event = newEvent()
      const { promise, open } = gate()
      expectOutcome(await endpoint.receive(event, ({ defer }) => defer(promise)), 'unavailable')
      expectOutcome(await endpoint.receive(event), 'in-progress')
      open()
      await untilCopiesAre('duplicate', endpoint, event)
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'deferred work that could not be acknowledged and fails is left to the retry',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(failOnce(await store(), 'acknowledge'), { clock, leaseMs })
      const event = newEvent()
      const { promise, fail } = gate()
      expectOutcome(await endpoint.receive(event, ({ defer }) => defer(promise)), 'unavailable')
      fail(new Error('it fails'))
      await untilCopiesAre('processed', endpoint, event)
      equal(endpoint.runs, 2)
    },
  },
  {
    name: 'deferred work whose lease was lost before it was acknowledged is answered 5xx',
    async run({ stores, clock }) {
      const [here, there] = await stores(2)
      ok(here && there)
      const ownClock = createFakeClock({ now: clock.now() })
      const stalled = contractEndpoint(here, { clock: ownClock, leaseMs })
      const alive = contractEndpoint(there, { clock, leaseMs })
      const event = newEvent()
      const { promise, open } = gate()
      const { delivery, settle } = await stalled.accept(event)
      await clock.advance(leaseMs)
      const current = await alive.accept(event)
      delivery.defer(promise)
      expectOutcome(await settle({ ok: true }), 'handler-failed', 'ERR_WEBHOOK_LEASE_LOST')
      open()
      await until('the late work is told', async () =>
        stalled.told.some((hook) => hook === 'onHandled' || hook.startsWith('onFailed')),
      )
      expectOutcome(await alive.receive(event), 'in-progress')
      expectOutcome(await current.settle({ ok: true }), 'processed')
      expectOutcome(await alive.receive(event), 'duplicate')
    },
  },
]
