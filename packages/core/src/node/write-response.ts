import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebhookResponse } from '../types.js'
import { collectPairs } from './collect-pairs.js'
import { type DrainLimits, drainRequest } from './drain-request.js'
import { isHeadSent } from './is-head-sent.js'

/**
 * Writes an answer. Where the body was not read, the answer goes out at once and whole, and only its formal end
 * waits until the rest of the body was thrown away: Node would otherwise close with bytes unread, and the reset
 * that follows can take the answer from the sender.
 */
export function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: WebhookResponse,
  limits?: DrainLimits,
): void {
  if (isHeadSent(response) || response.destroyed) return
  // A request that a host made out of an event may be no stream.
  const unread = answer.bodyUnread && request.readable
  const body = answer.own?.body ?? answer.body
  response.writeHead(answer.status, {
    ...(answer.own ? collectPairs(answer.own.headers) : answer.headers),
    ...(isBodiless(answer) ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(unread && endsConnection(request, answer) ? { connection: 'close' } : {}),
  })
  if (!unread) {
    response.end(body)
    return
  }
  response.flushHeaders()
  response.write(body)
  void drainRequest(request, limits).then(() => response.end())
}

/** RFC 9110 section 8.6: a 204 has no length. */
function isBodiless({ status }: WebhookResponse): boolean {
  return status === 204 || status === 304
}

/** Only a body of known and moderate length, of which nothing was taken, is worth keeping a connection for. */
function endsConnection(request: IncomingMessage, { status }: WebhookResponse): boolean {
  return (
    request.readableDidRead ||
    request.headers?.['transfer-encoding'] !== undefined ||
    status === 413 ||
    status === 408
  )
}
