import { DedupeStoreError, isWebhookError } from '../errors.js'

/**
 * What a store rejects with when its backend failed it. An error that is a `DedupeStoreError` already stays as it is.
 *
 * @param store the store's name
 * @param operation what it was asked to do: `claim`
 * @param reason what went wrong and what to do, where more is known than the cause says
 * @returns DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
 */
export function storeFailure(
  store: string,
  operation: string,
  { cause, reason }: { readonly cause?: unknown; readonly reason?: string | undefined },
): DedupeStoreError {
  if (isWebhookError(cause) && cause.name === 'DedupeStoreError') return cause as DedupeStoreError
  return new DedupeStoreError(
    'ERR_WEBHOOK_STORE_UNAVAILABLE',
    `The ${store} store failed to ${operation}${reason ? `: ${reason}` : '.'}`,
    cause === undefined ? {} : { cause },
  )
}
