import { equal, ok } from 'node:assert/strict'
import { createFakeClock } from '@countersign/testing'
import { type ContractEndpoint, contractEndpoint, newEvent } from '../contract-endpoint.js'
import { failOnce } from '../intercept-store.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { after } from '../transact.js'
import { expectOutcome } from './expect-outcome.js'

const leaseMs = 30_000
const needs = 'transactional'

/** The event is delivered; its handler has its effect in a transaction, which then commits or not. */
function receiveIn(
  { transact }: StoreTools,
  endpoint: ContractEndpoint,
  event: string,
  end: { readonly rollsBack?: boolean; readonly swallows?: boolean } = {},
) {
  return endpoint.receive(event, async ({ completeIn }) => {
    const transaction = transact((open) =>
      after(completeIn(open), () => {
        if (end.rollsBack) throw new Error('rolled back')
      }),
    )
    await (end.swallows ? transaction.catch(() => undefined) : transaction)
  })
}

export const committedCases: readonly StoreCase[] = [
  {
    name: 'a handler that completes in its transaction and commits is done',
    needs,
    async run(tools) {
      const endpoint = contractEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEvent()
      expectOutcome(await receiveIn(tools, endpoint, event), 'processed')
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'a handler whose transaction is rolled back is not done, and the retry runs',
    needs,
    async run(tools) {
      const endpoint = contractEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEvent()
      expectOutcome(await receiveIn(tools, endpoint, event, { rollsBack: true }), 'handler-failed')
      expectOutcome(await receiveIn(tools, endpoint, event), 'processed')
      equal(endpoint.runs, 2)
    },
  },
  {
    name: 'a handler that swallows its rollback is not done either: it is never completed afterwards',
    needs,
    async run(tools) {
      const endpoint = contractEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEvent()
      for (let attempt = 1; attempt <= 2; attempt++) {
        const outcome = await receiveIn(tools, endpoint, event, { rollsBack: true, swallows: true })
        expectOutcome(outcome, 'handler-failed', 'ERR_WEBHOOK_NOT_COMMITTED')
      }
      expectOutcome(await receiveIn(tools, endpoint, event), 'processed')
      equal(endpoint.runs, 3)
    },
  },
  {
    name: 'a handler that was taken over cannot commit: its completion throws, and nothing changes',
    needs,
    async run(tools) {
      const [here, there] = await tools.stores(2)
      ok(here && there)
      const { clock } = tools
      const stalled = contractEndpoint(here, { clock: createFakeClock({ now: clock.now() }), leaseMs })
      const alive = contractEndpoint(there, { clock, leaseMs })
      const event = newEvent()
      const old = await stalled.accept(event)
      await clock.advance(leaseMs)
      const current = await alive.accept(event)
      const committing = tools.transact((open) => after(old.delivery.completeIn(open), () => {}))
      const error = await committing.then(
        () => undefined,
        (reason: unknown) => reason,
      )
      equal((error as { code?: string } | undefined)?.code, 'ERR_WEBHOOK_LEASE_LOST')
      expectOutcome(await old.settle({ ok: false, error }), 'handler-failed')
      expectOutcome(await alive.receive(event), 'in-progress')
      await tools.transact((open) => current.delivery.completeIn(open))
      expectOutcome(await current.settle({ ok: true }), 'processed')
      expectOutcome(await alive.receive(event), 'duplicate')
    },
  },
  {
    name: 'a commit that cannot be read is no success, and the retry finds it completed',
    needs,
    async run(tools) {
      const endpoint = contractEndpoint(failOnce(await tools.store(), 'isCompleted'), { clock: tools.clock })
      const event = newEvent()
      expectOutcome(await receiveIn(tools, endpoint, event), 'handler-failed')
      ok(
        endpoint.told.some((hook) => hook.startsWith('onStoreError')),
        endpoint.told.join(),
      )
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'a handler that fails after its commit is not run again',
    needs,
    async run(tools) {
      const endpoint = contractEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEvent()
      const outcome = await endpoint.receive(event, async ({ completeIn }) => {
        await tools.transact((open) => completeIn(open))
        throw new Error('after the commit')
      })
      expectOutcome(outcome, 'handler-failed')
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
]
