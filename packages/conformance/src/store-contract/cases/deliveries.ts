import { deepEqual, equal, ok } from 'node:assert/strict'
import { type DedupeStore, WebhookPermanentError } from '@countersign/core'
import { type ContractEndpoint, contractEndpoint, gate, newEvent } from '../contract-endpoint.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { expectOutcome } from './expect-outcome.js'

async function endpoints({ stores, clock }: StoreTools) {
  const [here, there] = (await stores(2)) as [DedupeStore, DedupeStore]
  return [contractEndpoint(here, { clock }), contractEndpoint(there, { clock })] as const
}

const failing = () => {
  throw new Error('it fails')
}

export const deliveryCases: readonly StoreCase[] = [
  {
    name: 'of many copies at once one runs; the others are told to come again, and find it done',
    async run(tools) {
      const [here, there] = await endpoints(tools)
      const event = newEvent()
      const { promise, open } = gate()
      const copies = 20
      let known = 0
      // The one that runs ends when all others are answered.
      const proceed = () => {
        known += 1
        if (known === copies) open()
      }
      const receive = (endpoint: ContractEndpoint) => {
        let isRunning = false
        const outcome = endpoint.receive(event, () => {
          isRunning = true
          proceed()
          return promise
        })
        return outcome.finally(() => isRunning || proceed())
      }
      const outcomes = await Promise.all(
        Array.from({ length: copies }, (_, copy) => receive(copy % 2 === 0 ? here : there)),
      )
      const types = outcomes.map(({ type }) => type)
      equal(types.filter((type) => type === 'processed').length, 1)
      for (const outcome of outcomes) if (outcome.type !== 'processed') expectOutcome(outcome, 'in-progress')
      equal(here.runs + there.runs, 1)
      expectOutcome(await here.receive(event), 'duplicate')
      expectOutcome(await there.receive(event), 'duplicate')
      equal(here.runs + there.runs, 1)
    },
  },
  {
    name: 'a copy comes while the first runs, the first fails, and the next one runs',
    async run(tools) {
      const [here, there] = await endpoints(tools)
      const event = newEvent()
      const first = await here.accept(event)
      const copy = await there.receive(event)
      expectOutcome(copy, 'in-progress')
      ok(copy.type === 'in-progress' && copy.retryAfterMs <= 30_000)
      expectOutcome(await first.settle({ ok: false, error: new Error('it fails') }), 'handler-failed')
      const last = await there.receive(there.sign(event, { attempt: 2 }))
      expectOutcome(last, 'processed')
      equal(last.type === 'processed' && last.delivery.attempt, 2)
      equal(there.runs, 1)
    },
  },
  {
    name: 'copies that come while the first attempt runs use up none of the event’s attempts: the second one runs',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock, exhaustAfter: 3 })
      const event = newEvent()
      const first = await endpoint.accept(event)
      for (let copy = 0; copy < 8; copy++) {
        await clock.advance(1_000)
        expectOutcome(await endpoint.receive(event), 'in-progress')
      }
      expectOutcome(await first.settle({ ok: false, error: new Error('it fails') }), 'handler-failed')
      let attempt = 0
      const second = await endpoint.receive(event, (delivery) => {
        attempt = delivery.attempt
        return failing()
      })
      expectOutcome(second, 'handler-failed')
      equal(attempt, 2)
      await clock.advance(1_000)
      expectOutcome(await endpoint.receive(event, failing), 'exhausted')
    },
  },
  {
    name: 'a handler that throws runs again with the retry, and not once it is done',
    async run(tools) {
      const [here, there] = await endpoints(tools)
      const event = newEvent()
      expectOutcome(await here.receive(event, failing), 'handler-failed', 'ERR_WEBHOOK_HANDLER_FAILED')
      expectOutcome(await there.receive(event), 'processed')
      expectOutcome(await here.receive(event), 'duplicate')
      deepEqual([here.runs, there.runs], [1, 1])
    },
  },
  {
    name: 'an event is recognised for its retention, and for no longer',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock, retentionMs: 3_600_000 })
      const event = newEvent()
      expectOutcome(await endpoint.receive(event), 'processed')
      await clock.advance(3_600_000 - 1_000)
      expectOutcome(await endpoint.receive(event), 'duplicate')
      await clock.advance(1_000)
      expectOutcome(await endpoint.receive(event), 'processed')
    },
  },
  {
    name: 'other content under the id of a completed event is a conflict, and changes nothing',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock, conflictStatus: 409 })
      const event = newEvent()
      expectOutcome(await endpoint.receive(event), 'processed')
      const other = await endpoint.receive(endpoint.sign(event, { content: 'other' }))
      deepEqual([other.type, other.response.status], ['conflict', 409])
      ok(endpoint.told.includes('onConflict'))
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'an event that an operator forgot runs again',
    async run({ store, clock }) {
      const instance = await store()
      const endpoint = contractEndpoint(instance, { clock })
      const event = newEvent()
      let key: string | undefined
      await endpoint.receive(event, ({ idempotencyKey }) => {
        key = idempotencyKey
      })
      ok(key)
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(await instance.forget({ key }), true)
      expectOutcome(await endpoint.receive(event), 'processed')
      equal(endpoint.runs, 2)
    },
  },
  {
    name: 'a poison event is kept as failed at its limit, and its handler is left alone',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock, exhaustAfter: 3 })
      const event = newEvent()
      const attempt = (number: number) => endpoint.receive(endpoint.sign(event, { attempt: number }), failing)
      expectOutcome(await attempt(1), 'handler-failed')
      expectOutcome(await attempt(1), 'handler-failed')
      expectOutcome(await attempt(2), 'handler-failed')
      expectOutcome(await attempt(3), 'exhausted')
      equal(endpoint.told.filter((hook) => hook.startsWith('onExhausted')).length, 1)
      await clock.advance(48 * 3_600_000)
      expectOutcome(await endpoint.receive(event), 'failed-for-good')
      equal(endpoint.runs, 4)
    },
  },
  {
    name: 'what fails for good is kept as failed with the first attempt',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock })
      const event = newEvent()
      const fatal = () => {
        throw new WebhookPermanentError('it can never succeed')
      }
      expectOutcome(await endpoint.receive(event, fatal), 'failed-for-good')
      await clock.advance(48 * 3_600_000)
      expectOutcome(await endpoint.receive(event), 'failed-for-good')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'a forged request takes no id away from the real event',
    async run({ store, clock }) {
      const endpoint = contractEndpoint(await store(), { clock })
      const event = newEvent()
      const forged = endpoint.sign(event, { secret: 'another-secret-of-thirty-two-chr' })
      expectOutcome(await endpoint.receive(forged), 'refused')
      const last = await endpoint.receive(event)
      expectOutcome(last, 'processed')
      equal(last.type === 'processed' && last.delivery.attempt, 1)
    },
  },
  {
    name: 'endpoints and tenants with the same id do not stand in each other’s way',
    async run({ store, clock }) {
      const instance = await store()
      const event = newEvent()
      const secret = 'contract-secret-of-thirty-two-ch'
      const tenants = ['acme', 'globex'].map((tenant) =>
        contractEndpoint(instance, { clock, secret: () => ({ tenant, secret }) }),
      )
      const named = ['tickets', 'invoices'].map((endpoint) => contractEndpoint(instance, { clock, endpoint }))
      for (const endpoint of [...tenants, ...named]) {
        await endpoint.accept(event)
        expectOutcome(await endpoint.receive(event), 'in-progress')
      }
    },
  },
]
