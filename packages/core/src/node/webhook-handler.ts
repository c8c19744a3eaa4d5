import type { ServerResponse } from 'node:http'
import type { EventOf, ReceiverOptions } from '../options.js'
import { createReceiver } from '../receiver.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import { checkHandler } from '../settings/check-handler.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import type { Delivery } from '../types.js'
import { type NodeRequest, toWebhookRequest } from './to-webhook-request.js'
import { writeResponse } from './write-response.js'

/** What a handler gets beside the delivery. The suite writes the response: a handler must not. */
export interface WebhookContext {
  readonly request: NodeRequest
  readonly response: ServerResponse
}

/**
 * Handles one delivery. When it returns, or its promise resolves, the delivery is complete; when it throws, the
 * sender comes again. A web `Response` it returns, as `Response.json({ challenge })`, is the answer, and its status decides: 2xx
 * completes, any other has the sender come again. It is read whole first: up to 1 MiB, within 5 seconds. Anything else it
 * returns goes to nobody.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

/**
 * A whole `node:http` listener for a webhook: verifies, deduplicates, runs the handler and writes the answer. A handler
 * that throws a `WebhookPermanentError` ends the event for good; any other error is answered 500, without its text.
 *
 * @returns the listener; its promise never rejects, and resolves when the answer has been given to Node
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * createServer(webhookHandler({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
 *   async ({ event, payload }) => { await tickets.update(payload) },
 * ))
 */
export function webhookHandler<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): (request: NodeRequest, response: ServerResponse) => Promise<void> {
  checkHandler(handler, { caller: webhookHandler, options })
  const receiver = createReceiver(options)
  return async (request, response) => {
    const outcome = await receiver.receive(toWebhookRequest(request), (delivery) =>
      handler(delivery, { request, response }),
    )
    writeResponse(request, response, outcome.response)
  }
}
