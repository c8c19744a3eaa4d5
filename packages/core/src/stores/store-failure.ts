import { DedupeStoreError, isWebhookError } from '../errors.js'

/**
 * Creates the error that a store throws when its backend fails. A cause that is already a `DedupeStoreError` is returned as it is.
 *
 * @param store the store's name
 * @param operation the operation that failed: `claim`
 * @param failure.cause the backend's error
 * @param failure.reason what went wrong and what to do, if more is known than the cause says
 * @returns DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
 *
 * @example
 * export async function claim(query: () => Promise<ClaimResult>): Promise<ClaimResult> {
 *   try {
 *     return await query()
 *   } catch (cause) {
 *     throw storeFailure('mongodb', 'claim', { cause })
 *   }
 * }
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
