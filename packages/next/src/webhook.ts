import type { ReceiverOptions, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { checkHandler, type EventOf } from '@countersign/core/adapter'
import { answerRequest } from '@countersign/core/fetch'
import { cacheReceiver } from './cache-receiver.js'
import type { WebhookHandler, WebhookRoute } from './types.js'
import { waitUntil } from './wait-until.js'

/**
 * Creates the route of a webhook for the App Router, on the Node.js and the edge runtime: it verifies, deduplicates, runs the handler
 * and answers. The claim is settled before the response is returned; if you return a `Response` of your own, its body may still be
 * streaming then.
 *
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix. During `next build` the first
 * request throws it instead
 *
 * @example
 * ```ts
 * // app/webhooks/visibuild/route.ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhook } from '@countersign/next'
 *
 * export const POST = webhook(
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
  return async (request, context) =>
    answerRequest(request, {
      receiver: receiver(),
      handler: (delivery) => handler(delivery, { ...context, request }),
      // Vercel sets this header and searches its logs by it.
      context: { waitUntil, requestId: request.headers.get('x-vercel-id') ?? undefined },
    })
}
