import { equal, ok } from 'node:assert/strict'
import { contractEndpoint, newEvent } from '../contract-endpoint.js'
import { failOnce, type StoreOperation } from '../intercept-store.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { until } from '../until.js'
import { expectOutcome } from './expect-outcome.js'

const leaseMs = 30_000
const storeError = 'onStoreError ERR_WEBHOOK_STORE_UNAVAILABLE'

async function failingAt({ store, clock }: StoreTools, operation: StoreOperation, takesEffect = false) {
  const instance = failOnce(await store(), operation, { takesEffect })
  return { endpoint: contractEndpoint(instance, { clock, leaseMs }), event: newEvent(), clock }
}

export const failingCallCases: readonly StoreCase[] = [
  {
    name: 'a claim that fails runs nothing, and the retry runs, whether it had taken effect or not',
    async run(tools) {
      for (const takesEffect of [false, true]) {
        const { endpoint, event } = await failingAt(tools, 'claim', takesEffect)
        expectOutcome(await endpoint.receive(event), 'unavailable', 'ERR_WEBHOOK_STORE_UNAVAILABLE')
        equal(endpoint.runs, 0)
        ok(endpoint.told.includes(storeError), endpoint.told.join())
        // It is given back by its token, which nobody waits for.
        await until('the retry runs', async () => (await endpoint.receive(event)).type === 'processed')
        equal(endpoint.runs, 1)
      }
    },
  },
  {
    name: 'a completion that fails leaves the success a success, and is repeated: the event does not run again',
    async run(tools) {
      const { endpoint, event, clock } = await failingAt(tools, 'complete')
      expectOutcome(await endpoint.receive(event), 'processed')
      ok(endpoint.told.includes(storeError), endpoint.told.join())
      await clock.advance(leaseMs)
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'a completion that fails is repeated when the event comes again, before it is claimed',
    async run(tools) {
      const { endpoint, event } = await failingAt(tools, 'complete')
      expectOutcome(await endpoint.receive(event), 'processed')
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'a completion whose answer is lost counts',
    async run(tools) {
      const { endpoint, event } = await failingAt(tools, 'complete', true)
      expectOutcome(await endpoint.receive(event), 'processed')
      ok(endpoint.told.includes(storeError), endpoint.told.join())
      expectOutcome(await endpoint.receive(event), 'duplicate')
    },
  },
  {
    name: 'a release that fails does not hide why the handler failed, and the lease ends the claim',
    async run(tools) {
      const { endpoint, event, clock } = await failingAt(tools, 'release')
      const cause = new Error('it fails')
      const outcome = await endpoint.receive(event, () => {
        throw cause
      })
      expectOutcome(outcome, 'handler-failed', 'ERR_WEBHOOK_HANDLER_FAILED')
      equal('error' in outcome && outcome.error?.cause, cause)
      ok(endpoint.told.includes(storeError), endpoint.told.join())
      expectOutcome(await endpoint.receive(event), 'in-progress')
      await clock.advance(leaseMs)
      expectOutcome(await endpoint.receive(event), 'processed')
    },
  },
  {
    name: 'an extension that fails is tried again before the lease ends',
    async run(tools) {
      const { endpoint, event, clock } = await failingAt(tools, 'extend')
      const running = await endpoint.accept(event)
      for (let step = 0; step < 6; step++) {
        await clock.advance(leaseMs / 3)
        await until('the lease is renewed', async () => endpoint.renewals > step)
        expectOutcome(await endpoint.receive(event), 'in-progress')
      }
      equal(endpoint.told.filter((hook) => hook === storeError).length, 1)
      equal(running.delivery.signal.aborted, false)
      expectOutcome(await running.settle({ ok: true }), 'processed')
    },
  },
]
