import type { WebhookResponse } from '../types.js'
import { drainRequest } from './drain-request.js'

/**
 * Converts an answer of the core to a web-standard response. If the body was not read, the rest of it is discarded in the
 * background. The connection belongs to the runtime, so no `Connection: close` is sent: some runtimes would lose the answer.
 */
export function toResponse(
  { status, headers, body, bodyUnread }: WebhookResponse,
  request: Request,
): Response {
  if (bodyUnread) void drainRequest(request)
  return new Response(body, { status, headers })
}
