import type { MaybePromise } from '../promises/maybe-promise.js'
import type { CompleteRequest, DedupeStore, OwnedKey } from './dedupe-store.js'

/**
 * A store whose records lie beside the handler's own data, so that effect and completion can commit or roll back
 * together. `delivery.completeIn(transaction)` uses it.
 */
export interface TransactionalStore<Transaction = unknown> extends DedupeStore {
  /**
   * Completes within the caller's open transaction; what becomes of it there, becomes of the completion. True where
   * exactly one record changed: one that the token owns, claimed, acked or held, whether or not its lease has ended. Else false, and nothing
   * changed. Until the transaction ends, nobody can claim the key.
   *
   * Answers at once where the transaction's client does, and throws then instead of rejecting.
   */
  completeIn(transaction: Transaction, request: CompleteRequest): MaybePromise<boolean>

  /** Whether this token completed the key and that is committed; asked outside of any transaction. */
  isCompleted(request: OwnedKey): MaybePromise<boolean>
}

export function isTransactional(store: DedupeStore): store is TransactionalStore {
  return 'completeIn' in store && 'isCompleted' in store
}
