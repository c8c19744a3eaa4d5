import type { WebhookRequest } from '../types.js'
import { readRequestBody } from './read-request-body.js'

/**
 * A web-standard request as the core takes it. Where a header came twice, the runtime has joined both with a comma, which
 * the core refuses as ambiguous.
 *
 * @param remedy what the framework's user can do where the body was read before; the error says it
 */
export function toWebhookRequest(request: Request, remedy?: string): WebhookRequest {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: (limits) => readRequestBody(request, limits, remedy),
  }
}
