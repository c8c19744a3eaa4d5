import type { Delivery, Receiver, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { checkHandler, type EventOf, settleByResult, statusOfResponse } from '@countersign/core/adapter'
import type { Context, Env } from 'hono'
import { cacheReceiver } from './cache-receiver.js'
import { restoreBody } from './restore-body.js'
import { toResponse } from './to-response.js'
import { toWebhookRequest } from './to-webhook-request.js'
import type { WebhookHandler, WebhookOptions } from './types.js'
import { waitUntil } from './wait-until.js'

/**
 * Creates a complete route for a webhook: it verifies, deduplicates, runs the handler and answers. If the handler throws a
 * `WebhookPermanentError`, the event is not retried; any other error is answered 500, without its text.
 *
 * @param options the options of `createReceiver`, or a function that creates them from the first request's context
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix. If the options are a function,
 * the route throws it, and the application's `onError` gets it
 *
 * @example
 * ```ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhookHandler } from '@countersign/hono'
 * import { Hono } from 'hono'
 *
 * const app = new Hono()
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
  // biome-ignore lint/suspicious/noExplicitAny: Hono's own types use it for any environment
  TEnv extends Env = any,
>(
  options: WebhookOptions<TEvent, TSchema, TEnv>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>, TEnv>,
): (c: Context<TEnv>) => Promise<Response> {
  checkHandler(handler, {
    caller: webhookHandler,
    options: typeof options === 'function' ? undefined : options,
  })
  const receiverFor = cacheReceiver(options)
  return async (c) => {
    const answering = answer(c, receiverFor(c), handler)
    // Workers stop the request's code when the sender disconnects. The claim would then last as long as its lease.
    waitUntil(c, answering)
    return answering
  }
}

async function answer<TEvent extends WebhookEvent>(
  c: Context,
  receiver: Receiver<TEvent>,
  handler: WebhookHandler<TEvent>,
): Promise<Response> {
  const acceptance = await receiver.accept(toWebhookRequest(c))
  if (!acceptance.accepted) return toResponse(acceptance.outcome.response, c.req.raw)
  const run = (delivery: Delivery<TEvent>) => {
    restoreBody(c.req, delivery.rawBody)
    return handler(delivery, c)
  }
  const { own, response } = await settleByResult(acceptance, run, statusOfResponse)
  return own === undefined ? toResponse(response, c.req.raw) : (own as Response)
}
