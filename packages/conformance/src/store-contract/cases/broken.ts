import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Outcome } from '@countersign/core'
import { contractEndpoint, newEvent } from '../contract-endpoint.js'
import type { BackendFault } from '../store-backend.js'
import type { StoreCase, StoreTools } from '../store-case.js'
import { expectAllRejected } from './expect-all-rejected.js'
import { expectOutcome } from './expect-outcome.js'

/** The handler does not run, and the sender shall come again. */
async function expectUnavailable({ brokenStore, clock }: StoreTools, fault: BackendFault): Promise<Outcome> {
  const store = await brokenStore(fault)
  const endpoint = contractEndpoint(store, { clock, storeTimeoutMs: 500 })
  let outcome: Outcome | undefined
  const answered = endpoint.receive(newEvent()).then((given) => {
    outcome = given
  })
  // A backend that is down is told by the network, in its own time; one that is silent by the clock.
  const end = performance.now() + 20_000
  while (outcome === undefined && performance.now() < end) await clock.advance(fault === 'silent' ? 100 : 0)
  ok(outcome !== undefined, 'no answer')
  await answered
  expectOutcome(outcome, 'unavailable')
  equal(endpoint.runs, 0, 'the handler ran')
  const errors = endpoint.told.filter((hook) => hook.startsWith('onStoreError'))
  deepEqual(errors, endpoint.told)
  equal(errors.length, 1)
  return outcome
}

export const brokenCases: readonly StoreCase[] = [
  {
    name: 'a backend that is down has every operation reject with DedupeStoreError',
    needs: 'breakable',
    run: async ({ brokenStore }) => expectAllRejected(await brokenStore('down')),
  },
  {
    name: 'a backend that answers nonsense has every operation reject with DedupeStoreError',
    needs: 'breakable',
    run: async ({ brokenStore }) => expectAllRejected(await brokenStore('rubbish')),
  },
  {
    name: 'a receiver whose backend is down answers 503, and runs nothing',
    needs: 'breakable',
    run: async (tools) => void (await expectUnavailable(tools, 'down')),
  },
  {
    name: 'a receiver whose backend answers nonsense answers 503, and runs nothing',
    needs: 'breakable',
    run: async (tools) => void (await expectUnavailable(tools, 'rubbish')),
  },
  {
    name: 'a receiver whose backend never answers gives up in time, answers 503, and runs nothing',
    needs: 'breakable',
    async run(tools) {
      const outcome = await expectUnavailable(tools, 'silent')
      equal('error' in outcome && outcome.error?.code, 'ERR_WEBHOOK_STORE_TIMEOUT')
    },
  },
]
