import type { ServerResponse } from 'node:http'
import type { EventOf, ReceiverOptions } from '../options.js'
import { createReceiver } from '../receiver.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import { checkHandler } from '../settings/check-handler.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import { answerRequest } from './answer-request.js'
import type { NodeRequest, WebhookHandler } from './types.js'

/**
 * Creates a complete `node:http` listener for a webhook: it verifies, deduplicates, runs the handler and writes the answer. If the
 * handler throws a `WebhookPermanentError`, the event is not retried; any other error is answered 500, without its text.
 *
 * @returns the listener; its promise never rejects, and resolves when the answer has been passed to Node
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { webhookHandler } from '@countersign/core/node'
 * import { visibuild } from '@countersign/core/schemes'
 *
 * const receive = webhookHandler(
 *   { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
 *   async ({ event, payload }) => {
 *     console.log(event, payload)
 *   },
 * )
 *
 * createServer(receive).listen(3000)
 * ```
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
  return (request, response) =>
    answerRequest(request, response, {
      receiver,
      handler: (delivery) => handler(delivery, { request, response }),
    })
}
