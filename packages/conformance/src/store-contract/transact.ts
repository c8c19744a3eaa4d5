import type { MaybePromise, TransactionalStore } from '@countersign/core/stores'
import { type Claimant, retentionMs } from './claimant.js'

/** Goes on at once where the first step was answered at once: a transaction of SQLite waits for nothing. */
export function after<T, U>(first: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return first instanceof Promise ? first.then(next) : next(first as T)
}

/** Completes an owner's claim within a transaction. */
export function completeIn(
  store: TransactionalStore<never>,
  transaction: never,
  { key, token }: Claimant,
): MaybePromise<boolean> {
  return store.completeIn(transaction, {
    key,
    token,
    fingerprint: 'body',
    retentionMs,
    acceptanceMs: retentionMs,
  })
}
