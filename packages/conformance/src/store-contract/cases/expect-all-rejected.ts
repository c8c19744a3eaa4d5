import { ok } from 'node:assert/strict'
import { type DedupeStore, isWebhookError } from '@countersign/core'
import type { InspectableStore, TransactionalStore } from '@countersign/core/stores'
import { claimantOf } from '../claimant.js'

type AnyStore = DedupeStore & Partial<InspectableStore> & Partial<TransactionalStore>

/** Every operation the store has, but for the one that needs a transaction. */
function askEverything(store: AnyStore): Record<string, Promise<unknown>> {
  const { key, token, ...owner } = claimantOf(store)
  const readList = async () => {
    for await (const _record of store.list?.() ?? []) throw new Error('something is listed')
  }
  return {
    claim: owner.claim(),
    extend: owner.extend(),
    acknowledge: owner.acknowledge(),
    complete: owner.complete(),
    release: owner.release(),
    fail: owner.fail(),
    forget: (async () => store.forget({ key }))(),
    ...(store.list && { list: readList() }),
    ...(store.count && { count: (async () => store.count?.())() }),
    ...(store.isCompleted && { isCompleted: (async () => store.isCompleted?.({ key, token }))() }),
  }
}

/** Each with a DedupeStoreError that names the store. */
export async function expectAllRejected(store: AnyStore): Promise<void> {
  const asked = Object.entries(askEverything(store))
  const ends = await Promise.allSettled(asked.map(([, answer]) => answer))
  for (const [index, end] of ends.entries()) {
    const [operation] = asked[index] ?? []
    ok(end.status === 'rejected', `${operation} answered ${JSON.stringify(end)}`)
    const { reason } = end
    ok(
      isWebhookError(reason) && reason.name === 'DedupeStoreError',
      `${operation} rejected with ${reason instanceof Error ? reason.stack : String(reason)}`,
    )
    ok(reason.message.includes(store.name), `${operation} does not say which store: ${reason.message}`)
  }
}
