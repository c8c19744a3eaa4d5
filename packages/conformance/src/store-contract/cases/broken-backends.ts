import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Outcome } from '@countersign/core'
import { createEndpoint, newEventId } from '../contract-endpoint.js'
import type { BackendFault } from '../store-backend.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { expectAllRejected } from './expect-all-rejected.js'
import { expectOutcome } from './expect-outcome.js'

/** Expects that the handler does not run, and that the sender is asked to retry. */
async function expectUnavailable({ brokenStore, clock }: StoreTools, fault: BackendFault): Promise<Outcome> {
  const store = await brokenStore(fault)
  const endpoint = createEndpoint(store, { clock, storeTimeoutMs: 500 })
  let outcome: Outcome | undefined
  const answered = endpoint.receive(newEventId()).then((received) => {
    outcome = received
  })
  // The network reports a backend that is down, in real time; a silent one is found by the store's clock.
  const end = performance.now() + 20_000
  while (outcome === undefined && performance.now() < end) await clock.advance(fault === 'silent' ? 100 : 0)
  ok(outcome !== undefined, 'no answer')
  await answered
  expectOutcome(outcome, 'unavailable')
  equal(endpoint.runs, 0, 'the handler ran')
  const errors = endpoint.hookCalls.filter((hook) => hook.startsWith('onStoreError'))
  deepEqual(errors, endpoint.hookCalls)
  equal(errors.length, 1)
  return outcome
}

export const brokenBackendCases: readonly StoreCase[] = [
  {
    name: 'if the backend is down, every operation rejects with DedupeStoreError',
    needs: 'breakable',
    run: async ({ brokenStore }) => expectAllRejected(await brokenStore('down')),
  },
  {
    name: 'if the backend answers nonsense, every operation rejects with DedupeStoreError',
    needs: 'breakable',
    run: async ({ brokenStore }) => expectAllRejected(await brokenStore('rubbish')),
  },
  {
    name: 'a receiver whose backend is down answers 503 and runs nothing',
    needs: 'breakable',
    run: async (tools) => void (await expectUnavailable(tools, 'down')),
  },
  {
    name: 'a receiver whose backend answers nonsense answers 503 and runs nothing',
    needs: 'breakable',
    run: async (tools) => void (await expectUnavailable(tools, 'rubbish')),
  },
  {
    name: 'a receiver whose backend never answers times out, answers 503 and runs nothing',
    needs: 'breakable',
    async run(tools) {
      const outcome = await expectUnavailable(tools, 'silent')
      equal('error' in outcome && outcome.error?.code, 'ERR_WEBHOOK_STORE_TIMEOUT')
    },
  },
]
