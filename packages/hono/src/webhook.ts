import type { Receiver, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import type { EventOf } from '@countersign/core/adapter'
import type { Context, Env, Next } from 'hono'
import { cacheReceiver } from './cache-receiver.js'
import { restoreBody } from './restore-body.js'
import { settleByAnswer } from './settle-by-answer.js'
import { toResponse } from './to-response.js'
import { toWebhookRequest } from './to-webhook-request.js'
import type { WebhookEnv, WebhookMiddleware, WebhookOptions } from './types.js'
import { waitUntil } from './wait-until.js'

/**
 * Creates middleware for the route of a webhook. It refuses requests that are not authentic, answers duplicates, and passes a
 * delivery to the route as `c.get('webhook')`. The route's own answer settles the claim before it leaves the middleware: 2xx
 * completes the delivery; any other status, or a throw, releases it, and the sender retries. A streamed answer settles with its status.
 *
 * @param options the options of `createReceiver`, or a function that creates them from the first request's context
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix. If the options are a function,
 * the middleware throws it, and the application's `onError` gets it
 *
 * @example
 * ```ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhook } from '@countersign/hono'
 * import { Hono } from 'hono'
 *
 * const app = new Hono()
 * app.post('/webhooks/visibuild', webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }), (c) => {
 *   const { event, payload } = c.get('webhook')
 *   console.log(event, payload)
 *   return c.body(null, 204)
 * })
 * ```
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
  // biome-ignore lint/suspicious/noExplicitAny: Hono's own types use it for any environment
  TEnv extends Env = any,
>(options: WebhookOptions<TEvent, TSchema, TEnv>): WebhookMiddleware<EventOf<TEvent, TSchema>> {
  const receiverFor = cacheReceiver(options)
  const middleware: WebhookMiddleware<EventOf<TEvent, TSchema>> = async (c, next) => {
    const answering = answer(c, next, receiverFor(c as unknown as Context<TEnv>), middleware)
    // Workers stop the request's code when the sender disconnects. The claim would then last as long as its lease.
    waitUntil(
      c,
      answering.catch(() => undefined),
    )
    return answering
  }
  return middleware
}

async function answer<TEvent extends WebhookEvent>(
  c: Context<WebhookEnv<TEvent>>,
  next: Next,
  receiver: Receiver<TEvent>,
  middleware: WebhookMiddleware<TEvent>,
): Promise<Response | undefined> {
  const acceptance = await receiver.accept(toWebhookRequest(c))
  if (!acceptance.accepted) return toResponse(acceptance.outcome.response, c.req.raw)
  restoreBody(c.req, acceptance.delivery.rawBody)
  c.set('webhook', acceptance.delivery)
  return settleByAnswer(c, next, acceptance, middleware)
}
