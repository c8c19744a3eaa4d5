import type { ServerResponse } from 'node:http'
import type { EventOf, ReceiverOptions } from '../options.js'
import { createReceiver } from '../receiver.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import type { Delivery } from '../types.js'
import { settleByAnswer } from './settle-by-answer.js'
import { type NodeRequest, toWebhookRequest } from './to-webhook-request.js'
import { writeResponse } from './write-response.js'

/** Accepts a request, or answers it. */
export type AcceptWebhook<TEvent extends WebhookEvent = WebhookEvent> = (
  request: NodeRequest,
  response: ServerResponse,
) => Promise<Delivery<TEvent> | undefined>

/**
 * For code that answers itself: a `node:http` listener, Koa, Connect, Polka, any framework over `node:http`. The function it makes resolves with the verified
 * delivery, or with undefined when the request has been answered: refused, or repeated. Your own answer settles the
 * claim before its last byte goes out: 2xx completes it, any other status has the sender come again.
 *
 * The request's body must not have been read, and the response must be Node's own or pass its calls on to it.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * const accept = webhook({ endpoint: 'tickets', scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 * createServer(async (request, response) => {
 *   const delivery = await accept(request, response)
 *   if (delivery) response.writeHead(204).end()
 * })
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(options: ReceiverOptions<TEvent, TSchema>): AcceptWebhook<EventOf<TEvent, TSchema>> {
  const receiver = createReceiver(options)
  return async (request, response) => {
    const acceptance = await receiver.accept(toWebhookRequest(request))
    if (!acceptance.accepted) {
      writeResponse(request, response, acceptance.outcome.response)
      return undefined
    }
    return settleByAnswer(response, acceptance) ? acceptance.delivery : undefined
  }
}
