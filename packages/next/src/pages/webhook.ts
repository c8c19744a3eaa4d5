import type { ReceiverOptions, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { checkHandler, type EventOf } from '@countersign/core/adapter'
import { answerRequest } from '@countersign/core/node'
import { cacheReceiver } from '../cache-receiver.js'
import { bodyParserRemedy } from './body-parser-remedy.js'
import type { WebhookHandler, WebhookRoute } from './types.js'

/**
 * Creates a complete API route for a webhook: it verifies, deduplicates, runs the handler and writes the answer. If the handler throws
 * a `WebhookPermanentError`, the event is not retried; any other error is answered 500, without its text.
 *
 * The file needs `export const config = { api: { bodyParser: false } }`. Without it, every request with a body is answered 500,
 * and `ERR_WEBHOOK_BODY_ALREADY_PARSED` is passed to `onRejected` and, once, to `onWarning`.
 *
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix. During `next build` the first
 * request throws it instead
 *
 * @example
 * ```ts
 * // pages/api/webhooks/visibuild.ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhook } from '@countersign/next/pages'
 *
 * export const config = { api: { bodyParser: false } }
 *
 * export default webhook(
 *   { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
 *   async ({ event, payload }) => {
 *     console.log(event, payload)
 *   },
 * )
 * ```
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): WebhookRoute {
  checkHandler(handler, { caller: webhook, options })
  const receiver = cacheReceiver(options)
  return async (req, res) =>
    answerRequest(req, res, {
      receiver: receiver(),
      handler: (delivery) => handler(delivery, { req, res }),
      remedy: bodyParserRemedy,
    })
}
