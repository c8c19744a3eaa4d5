import type { EventOf, ReceiverOptions } from '../options.js'
import { createReceiver } from '../receiver.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import { checkHandler } from '../settings/check-handler.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import type { Delivery } from '../types.js'
import { answerRequest, type FetchContext } from './answer-request.js'

/** What a handler gets beside the delivery. */
export interface WebhookContext {
  /** Its body has been read: the bytes are `delivery.rawBody`. */
  readonly request: Request
}

/**
 * Handles one delivery. When it returns, or its promise resolves, the delivery is complete; when it throws, the
 * sender comes again. A `Response` it returns is sent as it is, and its status decides: 2xx completes, any other has the sender come
 * again. Anything else it returns goes to nobody.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

/** From a request to its response. Never rejects. */
export type FetchWebhook = (request: Request, context?: FetchContext) => Promise<Response>

/**
 * A webhook's route for everything that speaks web-standard requests and responses: Bun, Deno, Workers, SvelteKit, Remix, Astro,
 * h3. It verifies, deduplicates, runs the handler and answers. The claim is settled before the response is returned; the body of
 * a response of your own may still be streaming then.
 *
 * @returns give it the `ctx` of a Worker as second argument, so that your code goes on when the sender goes away
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * const receive = webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, async ({ event, payload }) => {
 *   await tickets.update(payload)
 * })
 * Bun.serve({ routes: { '/webhooks/visibuild': receive } })
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): FetchWebhook {
  checkHandler(handler, { caller: webhook, options })
  const receiver = createReceiver(options)
  return (request, context) =>
    answerRequest(request, { receiver, context, handler: (delivery) => handler(delivery, { request }) })
}
