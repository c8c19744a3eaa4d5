import type { WebhookResponse } from '../types.js'
import { drainBody } from './drain-body.js'

/**
 * An answer of the core as a web-standard response. A body that was not read is thrown away in the background. The connection
 * is the runtime's: `Connection: close` would make some lose the answer.
 */
export function toResponse(
  { status, headers, body, bodyUnread }: WebhookResponse,
  request: Request,
): Response {
  if (bodyUnread) void drainBody(request)
  return new Response(body, { status, headers })
}
