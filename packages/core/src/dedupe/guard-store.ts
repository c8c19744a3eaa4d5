import type { MaybePromise } from '../promises/maybe-promise.js'
import type { CompleteRequest, DedupeStore, OwnedKey } from '../stores/dedupe-store.js'
import { isTransactional, type TransactionalStore } from '../stores/transactional-store.js'

/** A second record, in addition to a delivery's own. */
export interface Guard {
  /** The signed content as a key: the same for every replay of it, regardless of unsigned headers. */
  readonly key: string
  /** For as long as a replay would be accepted, in milliseconds. */
  readonly retentionMs: number
}

/**
 * Wraps a store so that each operation on a delivery's key also applies to its guard. Only the owner of both records handles
 * the delivery, and completing it also completes every replay of the same signed content. The guard is claimed first, so that
 * a replay under another id leaves no record.
 */
export function guardStore(store: DedupeStore, { key, retentionMs }: Guard): DedupeStore {
  // Of the signed body: the same in the guard's record and the delivery's.
  let fingerprint = ''
  const guarded = <Request extends OwnedKey>(request: Request): Request => ({ ...request, key })
  const closing = ({ token }: OwnedKey): CompleteRequest => ({
    key,
    token,
    fingerprint,
    retentionMs,
    acceptanceMs: retentionMs,
  })

  const operations: DedupeStore = {
    name: store.name,
    shared: store.shared,
    async claim(request) {
      fingerprint = request.fingerprint
      const first = await store.claim({ ...guarded(request), retentionMs, hold: false, event: undefined })
      if (first.state !== 'claimed') return first
      const result = await store.claim(request)
      if (result.state === 'completed' || result.state === 'failed') await store.complete(closing(request))
      else if (result.state !== 'claimed') await store.release(guarded(request))
      return result
    },
    async extend(request) {
      const [isOurs] = await Promise.all([store.extend(request), store.extend(guarded(request))])
      return isOurs
    },
    async acknowledge(request) {
      const isOurs = await store.acknowledge(request)
      if (isOurs) await store.complete(closing(request))
      return isOurs
    },
    async complete(request) {
      const isOurs = await store.complete(request)
      if (isOurs) await store.complete(closing(request))
      return isOurs
    },
    async release(request) {
      const result = await store.release(request)
      // A permanent failure is left to the operator, and no replay may run it again.
      if (result === 'failed') await store.complete(closing(request))
      else await store.release({ key, token: request.token })
      return result
    },
    async fail(request) {
      const isKept = await store.fail(request)
      if (isKept) await store.complete(closing(request))
      return isKept
    },
    forget: (request) => store.forget(request),
  }
  if (!isTransactional(store)) return operations
  const transactional: TransactionalStore = {
    ...operations,
    completeIn(transaction, request) {
      const answer = store.completeIn(transaction, request)
      // A synchronous database client commits without waiting for a promise.
      if (typeof answer === 'boolean') return answer && closeIn(transaction, request)
      return answer.then((isOurs) => isOurs && closeIn(transaction, request))
    },
    isCompleted: (request) => store.isCompleted(request),
  }
  return transactional

  /** The guard belongs to the owner of the delivery's record, so its own result does not matter. */
  function closeIn(transaction: unknown, request: CompleteRequest): MaybePromise<true> {
    const closed = (store as TransactionalStore).completeIn(transaction, closing(request))
    return typeof closed === 'boolean' ? true : closed.then(() => true as const)
  }
}
