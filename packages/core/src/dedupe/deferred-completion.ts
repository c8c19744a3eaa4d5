import { WebhookConfigurationError, WebhookHandlerError } from '../errors.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Claim } from '../steps/claim-delivery.js'
import { isTransactional } from '../stores/transactional-store.js'
import type { HandlerEnd, HandlingFields } from '../types.js'
import { leaseLostError } from './lease-lost-error.js'
import { toCompleteRequest } from './to-complete-request.js'

/** The `completeIn` and `defer` of one delivery, and what the handler has done with them so far. */
export interface DeferredCompletion extends Pick<HandlingFields, 'completeIn' | 'defer'> {
  /** The handler called `completeIn`: only its transaction may write the completion. */
  readonly isInTransaction: boolean
  /** The handler called `completeIn` or `defer`: its return is not yet a success. */
  readonly isDeferred: boolean
  /** From now on `defer` throws. Returns the result of the deferred work, if there is any; it never rejects. */
  close(): Promise<HandlerEnd> | undefined
}

/** @param claim undefined if nothing identifies the delivery, or the store was down */
export function deferCompletion(claim: Claim | undefined, settings: ReceiverSettings): DeferredCompletion {
  const { store } = settings
  const deferred: Promise<unknown>[] = []
  let isInTransaction = false
  let isClosed = false

  return {
    get isInTransaction() {
      return isInTransaction
    },
    get isDeferred() {
      return isInTransaction || deferred.length > 0
    },
    completeIn(transaction) {
      if (!isTransactional(store)) throw notTransactional(store.name)
      if (!claim) throw notClaimed()
      // Set before the call: a handler that swallows its failure has not completed anything.
      isInTransaction = true
      const completed = store.completeIn(transaction, toCompleteRequest(claim, settings))
      // Any thenable is fine, but a synchronous result must stay synchronous.
      if (typeof completed === 'boolean') return requireOwned(completed)
      return Promise.resolve(completed).then(requireOwned)
    },
    defer(work) {
      if (isClosed) throw deferredTooLate()
      const promise = Promise.resolve(work)
      promise.catch(() => undefined)
      deferred.push(promise)
    },
    close() {
      isClosed = true
      return deferred.length === 0 ? undefined : awaitWork(deferred)
    },
  }
}

async function awaitWork(deferred: readonly Promise<unknown>[]): Promise<HandlerEnd> {
  const ends = await Promise.allSettled(deferred)
  const failed = ends.find((end) => end.status === 'rejected')
  return failed ? { ok: false, error: failed.reason } : { ok: true }
}

function requireOwned(completed: boolean): void {
  if (!completed) throw leaseLostError()
}

function notTransactional(store: string): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_STORE_NOT_TRANSACTIONAL',
    `The ${store} store does not support transactions; use completeIn with the PostgreSQL or SQLite store, or remove the call.`,
  )
}

function notClaimed(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_NOT_CLAIMED',
    'Nothing is claimed for this delivery, so nothing can be completed: nothing identifies it ' +
      '(delivery.idempotencyKey is undefined), or the store was down.',
  )
}

function deferredTooLate(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_DEFERRED_TOO_LATE',
    'delivery.defer was called after the handler had returned or the route had responded; call it before.',
  )
}
