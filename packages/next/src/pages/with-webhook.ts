import type { ReceiverOptions, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { checkHandler, type EventOf } from '@countersign/core/adapter'
import { acceptRequest } from '@countersign/core/node'
import { cacheReceiver } from '../cache-receiver.js'
import { bodyParserRemedy } from './body-parser-remedy.js'
import type { WebhookApiHandler, WebhookRoute } from './types.js'

/**
 * Wraps an API route that writes its own answer. It refuses requests that are not authentic, answers duplicates, and passes a
 * delivery to the route as `req.webhook`. The route's own answer settles the claim before its last byte is sent: 2xx completes the
 * delivery; any other status, also after a throw, releases it, and the sender retries.
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
 * import { withWebhook } from '@countersign/next/pages'
 *
 * export const config = { api: { bodyParser: false } }
 *
 * export default withWebhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, (req, res) => {
 *   const { event, payload } = req.webhook
 *   console.log(event, payload)
 *   res.status(204).end()
 * })
 * ```
 */
export function withWebhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookApiHandler<EventOf<TEvent, TSchema>>,
): WebhookRoute {
  checkHandler(handler, { caller: withWebhook, options })
  const receiver = cacheReceiver(options)
  return async (req, res) => {
    const webhook = await acceptRequest(receiver(), req, res, bodyParserRemedy)
    if (webhook) await handler(Object.assign(req, { webhook }), res)
  }
}
