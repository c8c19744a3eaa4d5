import type { MaybePromise } from '../promises/maybe-promise.js'
import type { CompleteRequest, DedupeStore, OwnedKey } from './dedupe-store.js'

/**
 * A store in the same database as the handler's own data, so that effect and completion commit or roll back
 * together. `delivery.completeIn(transaction)` uses it.
 */
export interface TransactionalStore<Transaction = unknown> extends DedupeStore {
  /**
   * Writes the completion in the caller's open transaction. True if exactly one record changed: one that the token owns and that
   * is claimed, acked or held, whether or not its lease has ended. Otherwise false, and nothing changed. Until the transaction
   * ends, no other token can claim the key.
   *
   * Synchronous if the database client is; then it throws instead of rejecting.
   */
  completeIn(transaction: Transaction, request: CompleteRequest): MaybePromise<boolean>

  /** Whether this token completed the key and that is committed; read outside of any transaction. */
  isCompleted(request: OwnedKey): MaybePromise<boolean>
}

/**
 * Checks whether a store supports `completeIn`.
 *
 * @example
 * const complete = (store: DedupeStore, transaction: unknown, request: CompleteRequest) =>
 *   isTransactional(store) ? store.completeIn(transaction, request) : store.complete(request)
 */
export function isTransactional(store: DedupeStore): store is TransactionalStore {
  return 'completeIn' in store && 'isCompleted' in store
}
