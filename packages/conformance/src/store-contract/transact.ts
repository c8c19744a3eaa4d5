import type { MaybePromise, TransactionalStore } from '@countersign/core/stores'
import { type Claimant, retentionMs } from './claimant.js'

/** Continues synchronously if the first step was synchronous, because a transaction of SQLite must not wait. */
export function thenMaybe<T, U>(
  first: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
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
