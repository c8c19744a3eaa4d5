import { equal, ok } from 'node:assert/strict'
import { createFakeClock } from '@countersign/testing'
import { type ContractEndpoint, createEndpoint, newEventId } from '../contract-endpoint.js'
import { failOnce } from '../intercept-store.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { thenMaybe } from '../transact.js'
import { expectOutcome } from './expect-outcome.js'

const leaseMs = 30_000
const needs = 'transactional'

/** Delivers the event; its handler completes in a transaction, which then commits or rolls back. */
function receiveIn(
  { transact }: StoreTools,
  endpoint: ContractEndpoint,
  event: string,
  end: { readonly rollsBack?: boolean; readonly swallows?: boolean } = {},
) {
  return endpoint.receive(event, async ({ completeIn }) => {
    const transaction = transact((open) =>
      thenMaybe(completeIn(open), () => {
        if (end.rollsBack) throw new Error('rolled back')
      }),
    )
    await (end.swallows ? transaction.catch(() => undefined) : transaction)
  })
}

export const committedCases: readonly StoreCase[] = [
  {
    name: 'a handler that completes in its transaction and commits has handled the event',
    needs,
    async run(tools) {
      const endpoint = createEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEventId()
      expectOutcome(await receiveIn(tools, endpoint, event), 'processed')
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'a handler whose transaction is rolled back has not handled the event, and the retry runs',
    needs,
    async run(tools) {
      const endpoint = createEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEventId()
      expectOutcome(await receiveIn(tools, endpoint, event, { rollsBack: true }), 'handler-failed')
      expectOutcome(await receiveIn(tools, endpoint, event), 'processed')
      equal(endpoint.runs, 2)
    },
  },
  {
    name: 'a handler that swallows its rollback has not handled the event either: the receiver never completes it',
    needs,
    async run(tools) {
      const endpoint = createEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEventId()
      for (let attempt = 1; attempt <= 2; attempt++) {
        const outcome = await receiveIn(tools, endpoint, event, { rollsBack: true, swallows: true })
        expectOutcome(outcome, 'handler-failed', 'ERR_WEBHOOK_NOT_COMMITTED')
      }
      expectOutcome(await receiveIn(tools, endpoint, event), 'processed')
      equal(endpoint.runs, 3)
    },
  },
  {
    name: 'a handler whose claim was taken over cannot commit: its completion throws and nothing changes',
    needs,
    async run(tools) {
      const [here, there] = await tools.stores(2)
      ok(here && there)
      const { clock } = tools
      const stalled = createEndpoint(here, { clock: createFakeClock({ now: clock.now() }), leaseMs })
      const alive = createEndpoint(there, { clock, leaseMs })
      const event = newEventId()
      const old = await stalled.accept(event)
      await clock.advance(leaseMs)
      const current = await alive.accept(event)
      const committing = tools.transact((open) => thenMaybe(old.delivery.completeIn(open), () => {}))
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
    name: 'a commit that cannot be read is not answered as a success, and the retry finds the event completed',
    needs,
    async run(tools) {
      const endpoint = createEndpoint(failOnce(await tools.store(), 'isCompleted'), { clock: tools.clock })
      const event = newEventId()
      expectOutcome(await receiveIn(tools, endpoint, event), 'handler-failed')
      ok(
        endpoint.hookCalls.some((hook) => hook.startsWith('onStoreError')),
        endpoint.hookCalls.join(),
      )
      expectOutcome(await endpoint.receive(event), 'duplicate')
      equal(endpoint.runs, 1)
    },
  },
  {
    name: 'a handler that fails after its commit does not run again',
    needs,
    async run(tools) {
      const endpoint = createEndpoint(await tools.store(), { clock: tools.clock })
      const event = newEventId()
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
