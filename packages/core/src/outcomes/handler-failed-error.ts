import { WebhookHandlerError } from '../errors.js'

/**
 * Creates the error of a handler or a route that failed, for `settle`. Its code is `ERR_WEBHOOK_HANDLER_FAILED`.
 *
 * @param message what happened, without any content of the request or the answer
 * @param options the `cause`, if something was thrown
 *
 * @example
 * export async function settleByStatus({ settle }: AcceptedDelivery, status: number): Promise<void> {
 *   if (status >= 200 && status < 300) await settle({ ok: true })
 *   else await settle({ ok: false, error: handlerFailedError(`The route answered ${status}.`), status })
 * }
 */
export function handlerFailedError(
  message: string,
  options?: { readonly cause: unknown },
): WebhookHandlerError {
  return new WebhookHandlerError('ERR_WEBHOOK_HANDLER_FAILED', message, options)
}
