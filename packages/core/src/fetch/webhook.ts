import type { EventOf, ReceiverOptions } from '../options.js'
import { createReceiver } from '../receiver.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import { checkHandler } from '../settings/check-handler.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import { answerRequest } from './answer-request.js'
import type { FetchWebhook, WebhookHandler } from './types.js'

/**
 * Creates the route of a webhook for any platform with web-standard requests and responses: Bun, Deno, Workers, SvelteKit,
 * Remix, Astro, h3. It verifies, deduplicates, runs the handler and answers. The claim is settled before the response is
 * returned; if you return a `Response` of your own, its body may still be streaming then.
 *
 * @returns the route. On a Worker, pass `ctx` as its second argument, so that your code keeps running after the sender disconnects
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { webhook } from '@countersign/core/fetch'
 * import { visibuild } from '@countersign/core/schemes'
 *
 * const receive = webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, async ({ event, payload }) => {
 *   console.log(event, payload)
 * })
 *
 * export default { fetch: receive }
 * ```
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): FetchWebhook {
  checkHandler(handler, { caller: webhook, options })
  const receiver = createReceiver(options)
  return (request, context) =>
    answerRequest(request, { receiver, context, handler: (delivery) => handler(delivery, { request }) })
}
