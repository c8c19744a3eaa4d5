import { callStore } from '../call-store.js'
import { isWebhookError, WebhookHandlerError } from '../errors.js'
import type { ReceiverSettings } from '../receiver-settings.js'
import type { HandlerEnd } from '../types.js'
import type { Claim } from './claim-delivery.js'

/** What became of a claim. `storeError` stands beside the handler's own end and never replaces it. */
export interface Settlement {
  readonly type: 'processed' | 'handler-failed' | 'failed-for-good' | 'exhausted'
  readonly error: WebhookHandlerError | undefined
  readonly storeError: unknown
}

/**
 * Success completes, failure releases, failure for good is kept. After a success nothing releases, even if the
 * completion could not be written: the effects are there, and a retry would have them twice.
 *
 * @param claim undefined where nothing identifies the delivery, or the store was down
 */
export async function settleClaim(
  claim: Claim | undefined,
  end: HandlerEnd,
  settings: ReceiverSettings,
): Promise<Settlement> {
  if (end.ok) {
    const storeError = claim && (await complete(claim, settings))
    return { type: 'processed', error: undefined, storeError }
  }
  const error = handlerError(end.error)
  const forGood = error.code === 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD'
  if (!claim) return { type: forGood ? 'failed-for-good' : 'handler-failed', error, storeError: undefined }
  try {
    if (forGood) {
      const kept = await callStore('fail', () => settings.store.fail(claim), settings)
      // Not kept means that another attempt has the event: if that one crashes, the sender must come again.
      return kept
        ? { type: 'failed-for-good', error, storeError: undefined }
        : { type: 'handler-failed', error, storeError: leaseLost() }
    }
    const { exhaustAfter } = settings
    const { key, token } = claim
    const limit = exhaustAfter === undefined ? {} : { failFromAttempts: exhaustAfter }
    const released = await callStore(
      'release',
      () => settings.store.release({ key, token, ...limit }),
      settings,
    )
    if (released === 'lost') return { type: 'handler-failed', error, storeError: leaseLost() }
    return { type: released === 'failed' ? 'exhausted' : 'handler-failed', error, storeError: undefined }
  } catch (storeError) {
    // The lease ends the claim. A failure for good that could not be kept must come again.
    return { type: 'handler-failed', error, storeError }
  }
}

async function complete({ key, token, fingerprint }: Claim, settings: ReceiverSettings): Promise<unknown> {
  const { store, retentionMs, acceptanceMs } = settings
  try {
    const request = { key, token, fingerprint, retentionMs, acceptanceMs }
    return (await callStore('complete', () => store.complete(request), settings)) ? undefined : leaseLost()
  } catch (storeError) {
    return storeError
  }
}

function handlerError(cause: unknown): WebhookHandlerError {
  if (isWebhookError(cause, 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD')) return cause as WebhookHandlerError
  return new WebhookHandlerError(
    'ERR_WEBHOOK_HANDLER_FAILED',
    'The handler failed; its own error is the cause.',
    { cause },
  )
}

function leaseLost(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_LEASE_LOST',
    'The handler ended after its lease, and another attempt had the event by then.',
  )
}
