import type { Delivery, Handler, ReceiverOptions, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { checkHandler, type EventOf, settleByResponse } from '@countersign/core/adapter'
import { requireAcceptance } from './accepted-requests.js'
import type { VerifiedRoute, WebhookHandler, WebhookRoute } from './types.js'
import { webhook } from './webhook.js'
import { writeResponse } from './write-response.js'

/**
 * Creates a complete route for a webhook: it verifies, deduplicates, runs the handler and sends the reply. Like `webhook`, it needs no
 * plugin. If the handler throws a `WebhookPermanentError`, the event is not retried; any other error is answered 500, without its
 * text.
 *
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhookHandler } from '@countersign/fastify'
 * import fastify from 'fastify'
 *
 * const app = fastify()
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
): WebhookRoute {
  checkHandler(handler, { caller: webhookHandler, options })
  return {
    ...(webhook(options) as VerifiedRoute),
    async handler(request, reply) {
      const handle = (verified: Delivery<EventOf<TEvent, TSchema>>) => handler(verified, { request, reply })
      const { response } = await settleByResponse(requireAcceptance(request), handle as Handler)
      return writeResponse(reply, response)
    },
  }
}
