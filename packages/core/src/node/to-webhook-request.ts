import type { IncomingMessage } from 'node:http'
import { asBytes } from '../encoding/as-bytes.js'
import type { WebhookRequest } from '../types.js'
import { bodyReaderRemedy } from './body-reader-remedy.js'
import { pairHeaders } from './pair-headers.js'
import { readRawBody } from './read-raw-body.js'

/** A request of node:http, with what a framework, a host or a parser may have left on it. */
export type NodeRequest = IncomingMessage & {
  /** The whole target, where a router cut its own part off `url` (Express, Connect). */
  readonly originalUrl?: string
  readonly body?: unknown
  readonly rawBody?: unknown
  /** As pino-http and middleware for request ids leave it. */
  readonly id?: unknown
}

/**
 * A request of node:http as the core takes it. The body is the bytes that a raw parser, a parser's `verify` callback or
 * the host (Firebase, Cloud Functions) kept, or else the function that reads them. Text and parsed objects are no bytes,
 * and an object proves nothing about the stream: Express 4 sets `req.body = {}` where nothing was read.
 *
 * @param remedy what the framework's user can do where a parser has read the body; the error says it
 */
export function toWebhookRequest(request: NodeRequest, remedy = bodyReaderRemedy): WebhookRequest {
  const { rawBody, body, id } = request
  return {
    method: request.method ?? 'GET',
    url: request.originalUrl ?? request.url ?? '/',
    headers: pairHeaders(request),
    body: asBytes(rawBody) ?? asBytes(body) ?? ((limits) => readRawBody(request, limits, remedy)),
    source: request,
    requestId: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
  }
}
