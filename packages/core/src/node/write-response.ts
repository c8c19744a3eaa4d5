import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebhookResponse } from '../types.js'
import { isHeadSent } from './answer/is-head-sent.js'
import { type DrainLimits, drainRequest } from './drain-request.js'
import { groupHeaders } from './group-headers.js'

/**
 * Writes an answer. If the body was not read, the whole answer is sent at once, and only its formal end waits until the rest of the
 * body has been discarded: otherwise Node would close the connection with unread bytes, and the TCP reset can reach the sender
 * before the answer does.
 *
 * @param limits how much of an unread body is discarded. Default: 16 MiB, one second
 *
 * @example
 * ```ts
 * export async function respond(receiver: Receiver, handler: Handler, context: WebhookContext): Promise<void> {
 *   const { request, response } = context
 *   const outcome = await receiver.receive(toWebhookRequest(request), handler)
 *   writeResponse(request, response, outcome.response)
 * }
 * ```
 */
export function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: WebhookResponse,
  limits?: DrainLimits,
): void {
  if (isHeadSent(response) || response.destroyed) return
  // A request that a host built from an event may not be a stream.
  const unread = answer.bodyUnread && request.readable
  const body = answer.own?.body ?? answer.body
  response.writeHead(answer.status, {
    ...(answer.own ? groupHeaders(answer.own.headers) : answer.headers),
    ...(isBodiless(answer) ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(unread && closesConnection(request, answer) ? { connection: 'close' } : {}),
  })
  if (!unread) {
    response.end(body)
    return
  }
  response.flushHeaders()
  response.write(body)
  void drainRequest(request, limits).then(() => response.end())
}

/** RFC 9110 section 8.6: a 204 has no Content-Length. */
function isBodiless({ status }: WebhookResponse): boolean {
  return status === 204 || status === 304
}

/** The connection is only kept for a body of known and moderate length of which nothing was read. */
function closesConnection(request: IncomingMessage, { status }: WebhookResponse): boolean {
  return (
    request.readableDidRead ||
    request.headers?.['transfer-encoding'] !== undefined ||
    status === 413 ||
    status === 408
  )
}
