import { DedupeStoreError, isWebhookError } from '../errors.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import { isThenable } from '../promises/maybe-promise.js'
import { withTimeout } from '../promises/with-timeout.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'

/**
 * Calls one operation of the store, within `storeTimeoutMs`. Every failure becomes a `DedupeStoreError`.
 *
 * @param operation its name, for the message
 */
export async function callStore<T>(
  operation: string,
  call: () => MaybePromise<T>,
  { store, storeTimeoutMs, verification }: ReceiverSettings,
): Promise<T> {
  try {
    const result = call()
    // Database clients have their own promise classes, and some results are only thenable.
    if (!isThenable(result)) return result
    return await withTimeout(Promise.resolve(result), storeTimeoutMs, verification.clock, () => {
      const message = `The ${store.name} store took over ${storeTimeoutMs} ms to ${operation}.`
      return new DedupeStoreError('ERR_WEBHOOK_STORE_TIMEOUT', message)
    })
  } catch (cause) {
    if (isWebhookError(cause) && cause.name === 'DedupeStoreError') throw cause
    throw new DedupeStoreError(
      'ERR_WEBHOOK_STORE_UNAVAILABLE',
      `The ${store.name} store failed to ${operation}.`,
      { cause },
    )
  }
}
