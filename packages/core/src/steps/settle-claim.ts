import { callStore } from '../dedupe/call-store.js'
import { leaseLostError } from '../dedupe/lease-lost-error.js'
import { readCompleted } from '../dedupe/read-completed.js'
import { toCompleteRequest } from '../dedupe/to-complete-request.js'
import { isWebhookError, type WebhookErrorCode, WebhookHandlerError } from '../errors.js'
import { handlerFailedError } from '../outcomes/handler-failed-error.js'
import { isPromise } from '../promises/maybe-promise.js'
import type { Steps } from '../promises/run-steps.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { ReleaseResult } from '../stores/dedupe-store.js'
import type { HandlerEnd } from '../types.js'
import type { Claim } from './claim-delivery.js'

/** A handler that has ended, and its claim. */
export interface Ended {
  /** Undefined if nothing identifies the delivery, or the store was down. */
  readonly claim: Claim | undefined
  readonly end: HandlerEnd
  /** The end of the last renewed lease, on the clock's monotonic scale. */
  readonly leaseEnd: number | undefined
  /** The handler called `completeIn`. */
  readonly isInTransaction: boolean
  /** The sender already got a 2xx and will not retry. */
  readonly isAcked: boolean
}

/** The result of settling a claim. `storeError` is reported in addition to the handler's own result and never replaces it. */
export interface Settlement {
  readonly type: 'processed' | 'handler-failed' | 'failed-for-good' | 'exhausted'
  readonly error: WebhookHandlerError | undefined
  readonly storeError: unknown
}

/**
 * Settles a claim: success completes it, failure releases it, permanent failure keeps it as failed. A success is never
 * released, even if the completion could not be written: the effect exists, and a retry would repeat it. The completion
 * is written later instead.
 *
 * After `completeIn`, the handler's transaction alone decides. Its result is read from outside of it and never completed
 * afterwards: if the transaction was rolled back, the effect would be lost.
 */
export function* settleClaim(ended: Ended, settings: ReceiverSettings): Steps<Settlement> {
  const { claim, end, isInTransaction, leaseEnd } = ended
  if (claim && isInTransaction) return yield* settleInTransaction(claim, ended, settings)
  if (!end.ok) return yield* giveUp(end.error, ended, settings)
  const storeError = claim && (yield* complete(claim, leaseEnd ?? claim.leaseEnd, settings))
  return { type: 'processed', error: undefined, storeError }
}

/** The statuses of timeouts: the code behind them may still run. */
const timeoutStatuses: readonly (number | undefined)[] = [408, 503, 504]

/** Whether the claim is left to end with its lease. Not on the last attempt: that failure is kept for the operator, and no retry follows. */
function isLeftToLease(
  { claim, end, isAcked }: Ended,
  { keepsLeaseOnTimeout, exhaustAfter = Number.POSITIVE_INFINITY }: ReceiverSettings,
): boolean {
  if (!keepsLeaseOnTimeout || !claim || end.ok || isAcked) return false
  return timeoutStatuses.includes(end.status) && claim.attempts < exhaustAfter
}

function* settleInTransaction(claim: Claim, ended: Ended, settings: ReceiverSettings): Steps<Settlement> {
  const { end } = ended
  let isCommitted: boolean
  try {
    isCommitted = yield readCompleted(claim, settings)
  } catch (storeError) {
    // Unknown: the sender retries, and the event is either completed or free then.
    return { type: 'handler-failed', error: handlerError(end.ok ? notCommitted() : end.error), storeError }
  }
  if (!isCommitted) return yield* giveUp(end.ok ? notCommitted() : end.error, ended, settings)
  if (end.ok) return { type: 'processed', error: undefined, storeError: undefined }
  // It failed after the commit: the retry finds the event completed.
  return { type: 'handler-failed', error: handlerError(end.error), storeError: undefined }
}

function* giveUp(cause: unknown, ended: Ended, settings: ReceiverSettings): Steps<Settlement> {
  const { claim, isAcked } = ended
  const error = handlerError(cause)
  const forGood = isAcked || error.code === 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD'
  if (!claim) return { type: forGood ? 'failed-for-good' : 'handler-failed', error, storeError: undefined }
  if (isLeftToLease(ended, settings)) return { type: 'handler-failed', error, storeError: undefined }
  const { key, token } = claim
  const { code } = error
  const { store, exhaustAfter } = settings
  try {
    if (forGood) {
      const failing = callStore('fail', () => store.fail({ key, token, code }), settings)
      const kept: boolean = isPromise(failing) ? yield failing : failing
      // False means that another attempt owns the event: if that one crashes, the sender must retry.
      return kept
        ? { type: 'failed-for-good', error, storeError: undefined }
        : { type: 'handler-failed', error, storeError: leaseLostError() }
    }
    const limit = exhaustAfter === undefined ? {} : { failFromAttempts: exhaustAfter }
    const releasing = callStore('release', () => store.release({ key, token, code, ...limit }), settings)
    const released: ReleaseResult = isPromise(releasing) ? yield releasing : releasing
    if (released === 'lost') return { type: 'handler-failed', error, storeError: leaseLostError() }
    return { type: released === 'failed' ? 'exhausted' : 'handler-failed', error, storeError: undefined }
  } catch (storeError) {
    // The claim ends with its lease. A permanent failure that could not be stored must be retried.
    return { type: 'handler-failed', error, storeError }
  }
}

function* complete(claim: Claim, leaseEnd: number, settings: ReceiverSettings): Steps<unknown> {
  const { store } = settings
  const request = toCompleteRequest(claim, settings)
  const write = () => callStore('complete', () => store.complete(request), settings)
  try {
    const completing = write()
    const isOurs: boolean = isPromise(completing) ? yield completing : completing
    return isOurs ? undefined : leaseLostError()
  } catch (storeError) {
    settings.pending.add(claim.key, async () => write(), leaseEnd)
    return storeError
  }
}

const saysItself: readonly WebhookErrorCode[] = [
  'ERR_WEBHOOK_HANDLER_FAILED',
  'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD',
  'ERR_WEBHOOK_NOT_COMMITTED',
]

function handlerError(cause: unknown): WebhookHandlerError {
  if (isWebhookError(cause) && saysItself.includes(cause.code)) return cause as unknown as WebhookHandlerError
  return handlerFailedError('The handler failed; its own error is the cause.', { cause })
}

function notCommitted(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_NOT_COMMITTED',
    'The handler succeeded, but the transaction that it passed to completeIn is not committed: it was rolled back, or the handler did not await the commit.',
  )
}
