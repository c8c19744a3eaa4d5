import { asBytes } from '../encoding/as-bytes.js'
import type { WebhookRequest } from '../types.js'
import { bodyParserRemedy } from './body-parser-remedy.js'
import { readRawBody } from './read-raw-body.js'
import { readRawHeaders } from './read-raw-headers.js'
import type { NodeRequest } from './types.js'

/**
 * Converts a request of `node:http` for the core. The body is the bytes that a raw parser, a parser's `verify` callback or the
 * host (Firebase, Cloud Functions) kept; otherwise it is the function that reads them. Text and parsed objects are not the
 * signed bytes, and an object does not mean that the stream was read: Express 4 sets `req.body = {}` either way.
 *
 * @param remedy the fix to name in the error if a parser has read the body
 *
 * @example
 * ```ts
 * export function verifyRequest(receiver: Receiver, request: NodeRequest): Promise<VerifiedDelivery> {
 *   return receiver.verify(toWebhookRequest(request, 'Mount the webhook before the body parser.'))
 * }
 * ```
 */
export function toWebhookRequest(request: NodeRequest, remedy = bodyParserRemedy): WebhookRequest {
  const { rawBody, body, id } = request
  return {
    method: request.method ?? 'GET',
    url: request.originalUrl ?? request.url ?? '/',
    headers: readRawHeaders(request),
    body: asBytes(rawBody) ?? asBytes(body) ?? ((limits) => readRawBody(request, limits, remedy)),
    source: request,
    requestId: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
  }
}
