import type { MaybePromise } from '../promises/maybe-promise.js'
import type { CompleteRequest, DedupeStore, OwnedKey } from '../stores/dedupe-store.js'
import { isTransactional, type TransactionalStore } from '../stores/transactional-store.js'

/** A second record beside a delivery's own. */
export interface Guard {
  /** The signed content as a key: the same for every replay of it, whatever is around it. */
  readonly key: string
  /** For as long as a replay would be accepted, in milliseconds. */
  readonly retentionMs: number
}

/**
 * A store in which each operation on one delivery's key also holds its guard: only who owns both handles the delivery, and
 * what ends the delivery ends every replay of the same signed content. The guard is claimed first, so that a replay under an
 * id of its own leaves no record.
 */
export function guardStore(store: DedupeStore, { key, retentionMs }: Guard): DedupeStore {
  // That of the signed body, which the guard's record shares with the delivery's.
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
      // What failed for good is the operator's, and no replay may run it.
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
      // A transaction whose client answers at once must not be left waiting for a promise.
      if (typeof answer === 'boolean') return answer && closeIn(transaction, request)
      return answer.then((isOurs) => isOurs && closeIn(transaction, request))
    },
    isCompleted: (request) => store.isCompleted(request),
  }
  return transactional

  /** The guard is the delivery's as long as its own record is, whatever its record says. */
  function closeIn(transaction: unknown, request: CompleteRequest): MaybePromise<true> {
    const closed = (store as TransactionalStore).completeIn(transaction, closing(request))
    return typeof closed === 'boolean' ? true : closed.then(() => true as const)
  }
}
