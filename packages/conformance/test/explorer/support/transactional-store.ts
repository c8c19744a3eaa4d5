import {
  type CompleteRequest,
  type MaybePromise,
  type OwnedKey,
  type TransactionalStore,
  WebhookConfigurationError,
} from '@countersign/core'
import type { Commit } from '../../../src/explorer/explore-claims.js'
import { SimpleStore } from './simple-store.js'

/** What a transaction has done, undone in reverse. */
export type SimpleTransaction = (() => void)[]

/** The simple store with transactions. What it gets wrong in a test is overridden there. */
export class SimpleTransactionalStore extends SimpleStore implements TransactionalStore<SimpleTransaction> {
  completeIn(transaction: SimpleTransaction, request: CompleteRequest): boolean {
    if (!Array.isArray(transaction))
      throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', 'completeIn takes a transaction')
    const { key, token } = request
    if (!this.mayComplete(key, token)) return false
    const before = this.records.get(key)
    transaction.push(() => (before ? this.records.set(key, before) : this.records.delete(key)))
    this.records.delete(key)
    if (before) this.records.set(key, { ...before, token })
    return this.complete(request)
  }

  protected mayComplete(key: string, token: string): boolean {
    return this.isOwned(this.find(key), token)
  }

  isCompleted({ key, token }: OwnedKey): boolean {
    const record = this.find(key)
    return record?.state === 'completed' && record.token === token
  }
}

/** Runs a transaction: its effects are there, or it is as if it had never been. */
export async function transact<T>(run: (transaction: SimpleTransaction) => MaybePromise<T>): Promise<T> {
  const transaction: SimpleTransaction = []
  try {
    return await run(transaction)
  } catch (error) {
    for (const undo of transaction.reverse()) undo()
    throw error
  }
}

/** An effect and its completion. */
export const commit: Commit = (store, request) =>
  transact(async (transaction) => {
    const completed = await store.completeIn(transaction, request)
    if (!completed) transaction.reverse().map((undo) => undo())
    return completed
  })
