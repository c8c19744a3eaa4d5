import { deepEqual, equal, ok } from 'node:assert/strict'
import { createFakeClock } from '@countersign/testing'
import { contractEndpoint, newEvent } from '../contract-endpoint.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { until } from '../until.js'
import { expectOutcome } from './expect-outcome.js'

const leaseMs = 30_000

/** Two processes over the same records. Time passes for the second one and for the store, and for the first by itself. */
async function processes({ stores, clock }: StoreTools, onExpiredLease: 'retry' | 'hold' = 'retry') {
  const [here, there] = await stores(2)
  ok(here && there)
  const ownClock = createFakeClock({ now: clock.now() })
  return {
    clock,
    ownClock,
    stalled: contractEndpoint(here, { clock: ownClock, onExpiredLease, leaseMs }),
    alive: contractEndpoint(there, { clock, onExpiredLease, leaseMs }),
    event: newEvent(),
  }
}

export const lostLeaseCases: readonly StoreCase[] = [
  {
    name: 'a process dies while it handles an event: the sender is put off until the lease ends, then it runs',
    async run(tools) {
      const { stalled, alive, event, clock } = await processes(tools)
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
      const { stalled, alive, event, clock } = await processes(tools, 'hold')
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
      const { stalled, alive, event, clock } = await processes(tools, 'hold')
      const late = await stalled.accept(event)
      await clock.advance(3 * leaseMs)
      expectOutcome(await alive.receive(event), 'held')
      expectOutcome(await late.settle({ ok: true }), 'processed')
      expectOutcome(await alive.receive(event), 'duplicate')
    },
  },
  {
    name: 'an old owner comes back after its lease, while another attempt runs: nothing of that changes',
    async run(tools) {
      for (const end of [{ ok: true }, { ok: false, error: new Error('it fails') }] as const) {
        const { stalled, alive, event, clock } = await processes(tools)
        const old = await stalled.accept(event)
        await clock.advance(leaseMs)
        const current = await alive.accept(event)
        equal(current.delivery.attempt, 2)
        expectOutcome(await old.settle(end), end.ok ? 'processed' : 'handler-failed')
        ok(stalled.told.includes('onStoreError ERR_WEBHOOK_LEASE_LOST'), stalled.told.join())
        expectOutcome(await alive.receive(event), 'in-progress')
        expectOutcome(await current.settle({ ok: true }), 'processed')
        ok(!alive.told.some((hook) => hook.startsWith('onStoreError')), alive.told.join())
        expectOutcome(await alive.receive(event), 'duplicate')
      }
    },
  },
  {
    name: 'an old owner comes back after another attempt completed or failed the event: nothing of that changes',
    async run(tools) {
      const ends = [
        [{ ok: true }, 'processed', 'duplicate'],
        [{ ok: false, error: new Error('it fails') }, 'handler-failed', 'processed'],
      ] as const
      for (const [end, type, next] of ends) {
        const { stalled, alive, event, clock } = await processes(tools)
        const old = await stalled.accept(event)
        await clock.advance(leaseMs)
        expectOutcome(await (await alive.accept(event)).settle(end), type)
        await old.settle({ ok: false, error: new Error('too late') })
        expectOutcome(await alive.receive(event), next)
      }
    },
  },
  {
    name: 'who is taken over is told by its signal, and by nothing before',
    async run(tools) {
      const { stalled, alive, event, clock, ownClock } = await processes(tools)
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
      const endpoint = contractEndpoint(await store(), { clock, leaseMs })
      const event = newEvent()
      const running = await endpoint.accept(event)
      const types: string[] = []
      for (let step = 0; step < 20; step++) {
        await clock.advance(leaseMs / 3)
        // Over a network the renewal takes its time, in which the clock stands still.
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
