import {
  checkHandler,
  type Delivery,
  type EventOf,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import { answerRequest } from '@countersign/core/fetch'
import type { NextRequest } from 'next/server.js'
import { createWhenRunning } from './create-when-running.js'
import { keepAlive } from './keep-alive.js'

/** What Next gives to a route beside the request. */
export interface RouteContext {
  /** The dynamic parts of the route's path: `[tenant]` is `(await params).tenant`. */
  readonly params: Promise<Record<string, string | string[] | undefined>>
}

/** What a handler gets beside the delivery. */
export interface WebhookContext extends RouteContext {
  /** Its body has been read: the bytes are `delivery.rawBody`. */
  readonly request: NextRequest
}

/**
 * Handles one delivery. When it returns, or its promise resolves, the delivery is complete; when it throws, the
 * sender comes again. A `Response` it returns is sent as it is, and its status decides: 2xx completes, any other has the
 * sender come again. Anything else it returns goes to nobody.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

/** A route of the App Router, as `route.ts` exports it. */
export type WebhookRoute = (request: NextRequest, context: RouteContext) => Promise<Response>

/**
 * A webhook's route for the App Router, on the Node.js and the edge runtime: verifies, deduplicates, runs the handler and answers.
 * The claim is settled before the response is returned; the body of a response of your own may still be streaming then.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix; while `next build` runs, only once a request comes
 *
 * @example
 * // app/webhooks/visibuild/route.ts
 * export const POST = webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, async ({ event, payload }) => {
 *   await tickets.update(payload)
 * })
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): WebhookRoute {
  checkHandler(handler, { caller: webhook, options })
  const receiver = createWhenRunning(options)
  return async (request, context) =>
    answerRequest(request, {
      receiver: receiver(),
      handler: (delivery) => handler(delivery, { ...context, request }),
      // Set by Vercel, whose logs are searched by it.
      context: { waitUntil: keepAlive, requestId: request.headers.get('x-vercel-id') ?? undefined },
    })
}
