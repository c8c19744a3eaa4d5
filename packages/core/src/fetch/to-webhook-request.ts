import type { WebhookRequest } from '../types.js'
import { readRawBody } from './read-raw-body.js'
import type { WebhookRequestOptions } from './types.js'

/**
 * Converts a web-standard request for the core. If a header came twice, the runtime has joined both values with a comma; the
 * core refuses that as ambiguous.
 *
 * @example
 * ```ts
 * export function verifyRequest(receiver: Receiver, request: Request): Promise<VerifiedDelivery> {
 *   return receiver.verify(toWebhookRequest(request, { remedy: 'Verify before any middleware reads the body.' }))
 * }
 * ```
 */
export function toWebhookRequest(
  request: Request,
  { remedy, context, source = request }: WebhookRequestOptions = {},
): WebhookRequest {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: (limits) => readRawBody(request, limits, remedy),
    // Called on its context: on Workers, `waitUntil` fails without its `this`.
    waitUntil: (work) => context?.waitUntil?.(work),
    source,
    requestId: context?.requestId,
  }
}
