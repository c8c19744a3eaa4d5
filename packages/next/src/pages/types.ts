import type { Delivery, WebhookEvent } from '@countersign/core'
import type { NextApiRequest, NextApiResponse } from 'next/types.js'

/** A route of the Pages Router, as a file in `pages/api` exports it. */
export type WebhookRoute = (req: NextApiRequest, res: NextApiResponse) => Promise<void>

/** What a handler gets beside the delivery. Countersign writes the response: a handler must not. */
export interface WebhookContext {
  readonly req: NextApiRequest
  readonly res: NextApiResponse
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

/** The request of an API route, with the verified delivery. */
export interface WebhookApiRequest<TEvent extends WebhookEvent = WebhookEvent> extends NextApiRequest {
  readonly webhook: Delivery<TEvent>
}

/** An API route that writes its own answer. */
export type WebhookApiHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  req: WebhookApiRequest<TEvent>,
  res: NextApiResponse,
) => unknown
