import {
  createReceiver,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import { checkHandler, type EventOf } from '@countersign/core/adapter'
import { toWebhookRequest } from '@countersign/core/node'
import type { RequestHandler } from 'express'
import { bodyParserRemedy } from './body-parser-remedy.js'
import { restoreBody } from './restore-body.js'
import type { WebhookHandler } from './types.js'
import { writeResponse } from './write-response.js'

/**
 * Creates a complete route for a webhook: it verifies, deduplicates, runs the handler and writes the answer. If the handler throws a
 * `WebhookPermanentError`, the event is not retried; any other error is answered 500, without its text.
 *
 * `req.body` is the verified payload, unless it holds bytes. If a parser has read the body already, `next` gets
 * `ERR_WEBHOOK_BODY_ALREADY_PARSED`.
 *
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhookHandler } from '@countersign/express'
 * import express from 'express'
 *
 * const app = express()
 * app.post(
 *   '/webhooks/visibuild',
 *   webhookHandler({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, async ({ event, payload }) => {
 *     console.log(event, payload)
 *   }),
 * )
 * ```
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
        restoreBody(req, delivery)
        return handler(delivery, { req, res })
      })
      .then((outcome) => writeResponse(outcome, req, res, next))
      .catch(next)
  }
}
