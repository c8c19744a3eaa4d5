import {
  checkHandler,
  createReceiver,
  type Delivery,
  type EventOf,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import { toWebhookRequest } from '@countersign/core/node'
import type { Request, RequestHandler, Response } from 'express'
import { answerOutcome } from './answer-outcome.js'
import { bodyParserRemedy } from './body-parser-remedy.js'
import { fillBody } from './fill-body.js'

/** What a handler gets beside the delivery. The suite writes the response: a handler must not. */
export interface WebhookContext {
  readonly req: Request
  readonly res: Response
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
 * A whole route for a webhook: verifies, deduplicates, runs the handler and writes the answer. A handler that throws
 * a `WebhookPermanentError` ends the event for good; any other error is answered 500, without its text.
 *
 * `req.body` is the verified payload, unless it holds bytes. A body that a parser has read already goes to `next` as `ERR_WEBHOOK_BODY_ALREADY_PARSED`.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * app.post('/webhooks/visibuild', webhookHandler({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
 *   async ({ event, payload }) => { await tickets.update(payload) },
 * ))
 */
export function webhookHandler<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): RequestHandler {
  checkHandler(handler, { caller: webhookHandler, options })
  const receiver = createReceiver(options)
  return (req, res, next) => {
    receiver
      .receive(toWebhookRequest(req, bodyParserRemedy), (delivery) => {
        fillBody(req, delivery)
        return handler(delivery, { req, res })
      })
      .then((outcome) => answerOutcome(outcome, req, res, next))
      .catch(next)
  }
}
