import { deepEqual, equal, ok } from 'node:assert/strict'
import { createFakeClock } from '@countersign/testing'
import { createEndpoint, newEventId } from '../contract-endpoint.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { until } from '../until.js'
import { expectOutcome } from './expect-outcome.js'

const leaseMs = 30_000

/** Two processes over the same records. The clock of the first one stalls, while that of the second one and the store goes on. */
async function startProcesses({ stores, clock }: StoreTools, onExpiredLease: 'retry' | 'hold' = 'retry') {
  const [here, there] = await stores(2)
  ok(here && there)
  const ownClock = createFakeClock({ now: clock.now() })
  return {
    clock,
    ownClock,
    stalled: createEndpoint(here, { clock: ownClock, onExpiredLease, leaseMs }),
    alive: createEndpoint(there, { clock, onExpiredLease, leaseMs }),
    event: newEventId(),
  }
}

export const lostLeaseCases: readonly StoreCase[] = [
  {
    name: 'a process dies while it handles an event: the sender is asked to retry until the lease ends, then the event runs',
    async run(tools) {
      const { stalled, alive, event, clock } = await startProcesses(tools)
      await stalled.accept(event)
      await clock.advance(leaseMs - 1_000)
      const early = await alive.receive(event)
      expectOutcome(early, 'in-progress')
      equal(early.response.headers['retry-after'], '1')
      await clock.advance(1_000)
      expectOutcome(await alive.receive(event), 'processed')
    },
  },
  {
    name: 'with hold, an event whose process died waits for an operator',
    async run(tools) {
      const { stalled, alive, event, clock } = await startProcesses(tools, 'hold')
      const { delivery } = await stalled.accept(event)
      await clock.advance(leaseMs)
      for (let hour = 0; hour < 3; hour++) {
        expectOutcome(await alive.receive(event), 'held')
        await clock.advance(3_600_000)
      }
      equal(alive.runs, 0)
      const store = await tools.store()
      if (!store.shared) return
      equal(await store.forget({ key: delivery.idempotencyKey ?? '' }), true)
      expectOutcome(await alive.receive(event), 'processed')
    },
  },
  {
    name: 'with hold, a process that was only stalled still completes its event',
    async run(tools) {
      const { stalled, alive, event, clock } = await startProcesses(tools, 'hold')
      const late = await stalled.accept(event)
      await clock.advance(3 * leaseMs)
      expectOutcome(await alive.receive(event), 'held')
      expectOutcome(await late.settle({ ok: true }), 'processed')
      expectOutcome(await alive.receive(event), 'duplicate')
    },
  },
  {
    name: 'an old owner that returns while another attempt runs changes nothing',
    async run(tools) {
      for (const end of [{ ok: true }, { ok: false, error: new Error('it fails') }] as const) {
        const { stalled, alive, event, clock } = await startProcesses(tools)
        const old = await stalled.accept(event)
        await clock.advance(leaseMs)
        const current = await alive.accept(event)
        equal(current.delivery.attempt, 2)
        expectOutcome(await old.settle(end), end.ok ? 'processed' : 'handler-failed')
        ok(stalled.hookCalls.includes('onStoreError ERR_WEBHOOK_LEASE_LOST'), stalled.hookCalls.join())
        expectOutcome(await alive.receive(event), 'in-progress')
        expectOutcome(await current.settle({ ok: true }), 'processed')
        ok(!alive.hookCalls.some((hook) => hook.startsWith('onStoreError')), alive.hookCalls.join())
        expectOutcome(await alive.receive(event), 'duplicate')
      }
    },
  },
  {
    name: 'an old owner that returns after another attempt completed or failed the event changes nothing',
    async run(tools) {
      const ends = [
        [{ ok: true }, 'processed', 'duplicate'],
        [{ ok: false, error: new Error('it fails') }, 'handler-failed', 'processed'],
      ] as const
      for (const [end, type, next] of ends) {
        const { stalled, alive, event, clock } = await startProcesses(tools)
        const old = await stalled.accept(event)
        await clock.advance(leaseMs)
        expectOutcome(await (await alive.accept(event)).settle(end), type)
        await old.settle({ ok: false, error: new Error('too late') })
        expectOutcome(await alive.receive(event), next)
      }
    },
  },
  {
    name: 'the signal of a handler aborts once its claim is taken over, and not earlier',
    async run(tools) {
      const { stalled, alive, event, clock, ownClock } = await startProcesses(tools)
      const { delivery } = await stalled.accept(event)
      await clock.advance(leaseMs)
      await alive.accept(event)
      equal(delivery.signal.aborted, false)
      await ownClock.advance(leaseMs / 3)
      await until('the signal aborts', async () => delivery.signal.aborted)
      equal((delivery.signal.reason as { code?: string }).code, 'ERR_WEBHOOK_LEASE_LOST')
    },
  },
  {
    name: 'a lease is renewed for as long as its handler runs',
    async run({ store, clock }) {
      const endpoint = createEndpoint(await store(), { clock, leaseMs })
      const event = newEventId()
      const running = await endpoint.accept(event)
      const types: string[] = []
      for (let step = 0; step < 20; step++) {
        await clock.advance(leaseMs / 3)
        // Over a network the renewal takes real time, while the clock does not advance.
        await until('the lease is renewed', async () => endpoint.renewals > step)
        types.push((await endpoint.receive(event)).type)
      }
      deepEqual(new Set(types), new Set(['in-progress']))
      equal(running.delivery.signal.aborted, false)
      expectOutcome(await running.settle({ ok: true }), 'processed')
      expectOutcome(await endpoint.receive(event), 'duplicate')
    },
  },
]
