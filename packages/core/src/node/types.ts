import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { Delivery } from '../types.js'

/** A request of `node:http`, with what a framework, a host or a parser may have added to it. */
export type NodeRequest = IncomingMessage & {
  /** The whole target, where a router has removed its own prefix from `url` (Express, Connect). */
  readonly originalUrl?: string
  readonly body?: unknown
  readonly rawBody?: unknown
  /** As set by pino-http and by middleware for request ids. */
  readonly id?: unknown
}

/** Resolves with the verified delivery, or with undefined once the request has been answered. */
export type AcceptWebhook<TEvent extends WebhookEvent = WebhookEvent> = (
  request: NodeRequest,
  response: ServerResponse,
) => Promise<Delivery<TEvent> | undefined>

/** What a handler gets beside the delivery. Countersign writes the response: a handler must not. */
export interface WebhookContext {
  readonly request: NodeRequest
  readonly response: ServerResponse
}

/**
 * Handles one delivery. If it returns, or its promise resolves, the delivery is complete; if it throws, the sender retries.
 * A web `Response` that it returns, such as `Response.json({ challenge })`, is the answer, and its status decides: 2xx completes
 * the delivery, any other status makes the sender retry. It is read completely first: up to 1 MiB, within 5 seconds. Any other
 * return value is ignored.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown
