import { DedupeStoreError, isWebhookError } from '../errors.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import { isThenable } from '../promises/maybe-promise.js'
import { withTimeout } from '../promises/with-timeout.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'

/**
 * Calls one operation of the store, within `storeTimeoutMs`. Every failure becomes a `DedupeStoreError`. Synchronous if the store is.
 *
 * @param operation its name, for the message
 */
export function callStore<T>(
  operation: string,
  call: () => MaybePromise<T>,
  settings: ReceiverSettings,
): MaybePromise<T> {
  let result: MaybePromise<T>
  try {
    result = call()
  } catch (cause) {
    throw storeError(operation, cause, settings)
  }
  // Database clients have their own promise classes, and some results are only thenable.
  return isThenable(result) ? awaitStore(operation, result, settings) : result
}

async function awaitStore<T>(
  operation: string,
  result: PromiseLike<T>,
  settings: ReceiverSettings,
): Promise<T> {
  const { store, storeTimeoutMs, verification } = settings
  try {
    return await withTimeout(Promise.resolve(result), storeTimeoutMs, verification.clock, () => {
      const message = `The ${store.name} store took over ${storeTimeoutMs} ms to ${operation}.`
      return new DedupeStoreError('ERR_WEBHOOK_STORE_TIMEOUT', message)
    })
  } catch (cause) {
    throw storeError(operation, cause, settings)
  }
}

function storeError(operation: string, cause: unknown, { store }: ReceiverSettings): unknown {
  if (isWebhookError(cause) && cause.name === 'DedupeStoreError') return cause
  const message = `The ${store.name} store failed to ${operation}.`
  return new DedupeStoreError('ERR_WEBHOOK_STORE_UNAVAILABLE', message, { cause })
}
