import type { Delivery, WebhookEvent } from '@countersign/core'
import type { NextRequest } from 'next/server.js'

/** What Next.js passes to a route beside the request. */
export interface RouteContext {
  /** The dynamic parts of the route's path: `[tenant]` is `(await params).tenant`. */
  readonly params: Promise<Record<string, string | string[] | undefined>>
}

/** What a handler gets beside the delivery. */
export interface WebhookContext extends RouteContext {
  /** Its body has been read: the bytes are in `delivery.rawBody`. */
  readonly request: NextRequest
}

/**
 * Handles one delivery. If it returns, or its promise resolves, the delivery is complete; if it throws, the sender retries.
 * A `Response` that it returns is sent unchanged, and its status decides: 2xx completes the delivery, any other status makes
 * the sender retry. Any other return value is ignored.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

/** A route of the App Router, as `route.ts` exports it. */
export type WebhookRoute = (request: NextRequest, context: RouteContext) => Promise<Response>
