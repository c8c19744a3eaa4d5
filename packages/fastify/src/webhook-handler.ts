import {
  checkHandler,
  type Delivery,
  type EventOf,
  type Handler,
  type ReceiverOptions,
  type StandardSchemaV1,
  settleByResponse,
  type WebhookEvent,
} from '@countersign/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptanceOf } from './acceptances.js'
import { sendAnswer } from './send-answer.js'
import { type VerifiedRoute, webhook } from './webhook.js'

/** What a handler gets beside the delivery. The suite sends the reply: a handler must not. */
export interface WebhookContext {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
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

/** Options of a route, for `fastify.post(url, route)` or spread into those of `fastify.route`. */
export interface WebhookRoute extends VerifiedRoute {
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
}

/**
 * A whole route for a webhook: verifies, deduplicates, runs the handler and sends the reply. It needs no plugin, as `webhook` does not. A handler that
 * throws a `WebhookPermanentError` ends the event for good; any other error is answered 500, without its text.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * fastify.post('/webhooks/visibuild', webhookHandler({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
 *   async ({ event, payload }) => { await tickets.update(payload) },
 * ))
 */
export function webhookHandler<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): WebhookRoute {
  checkHandler(handler, { caller: webhookHandler, options })
  return {
    ...(webhook(options) as VerifiedRoute),
    async handler(request, reply) {
      const handle = (verified: Delivery<EventOf<TEvent, TSchema>>) => handler(verified, { request, reply })
      const { response } = await settleByResponse(acceptanceOf(request), handle as Handler)
      return sendAnswer(reply, response)
    },
  }
}
