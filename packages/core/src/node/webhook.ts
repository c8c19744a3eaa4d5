import type { EventOf, ReceiverOptions } from '../options.js'
import { createReceiver } from '../receiver.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import { acceptRequest } from './accept-request.js'
import type { AcceptWebhook } from './types.js'

/**
 * Verifies a webhook for code that answers itself: a `node:http` listener, Koa, Connect, Polka, or any framework over `node:http`.
 * The function that it returns resolves with the verified delivery, or with undefined once the request has been answered because
 * it was refused or is a duplicate. Your own answer settles the claim before its last byte is sent: 2xx completes the delivery,
 * any other status makes the sender retry.
 *
 * Nothing may have read the request's body, and the response must be Node's own or pass its calls to it.
 *
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { webhook } from '@countersign/core/node'
 * import { visibuild } from '@countersign/core/schemes'
 *
 * const accept = webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 *
 * createServer(async (request, response) => {
 *   const delivery = await accept(request, response)
 *   if (!delivery) return
 *   console.log(delivery.event, delivery.payload)
 *   response.writeHead(204).end()
 * }).listen(3000)
 * ```
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(options: ReceiverOptions<TEvent, TSchema>): AcceptWebhook<EventOf<TEvent, TSchema>> {
  const receiver = createReceiver(options)
  return (request, response) => acceptRequest(receiver, request, response)
}
