import type { WebhookResponse } from '../types.js'
import { drainRequest } from './drain-request.js'

/**
 * Converts an answer of the core to a web-standard response. If the body was not read, the rest of it is discarded in the
 * background. The connection belongs to the runtime, so no `Connection: close` is sent: some runtimes would lose the answer.
 *
 * @example
 * ```ts
 * export async function respond(receiver: Receiver, handler: Handler, request: Request): Promise<Response> {
 *   const acceptance = await receiver.accept(toWebhookRequest(request))
 *   if (!acceptance.accepted) return toResponse(acceptance.outcome.response, request)
 *   const { own, response } = await settleByResult(acceptance, handler, statusOfResponse)
 *   return own === undefined ? toResponse(response, request) : (own as Response)
 * }
 * ```
 */
export function toResponse(
  { status, headers, body, bodyUnread }: WebhookResponse,
  request: Request,
): Response {
  if (bodyUnread) void drainRequest(request)
  return new Response(body, { status, headers })
}
