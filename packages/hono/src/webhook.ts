import type { Delivery, EventOf, Receiver, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { toResponse, toWebhookRequest } from '@countersign/core/fetch'
import type { Context, Env, MiddlewareHandler, Next } from 'hono'
import { bodyReaderRemedy } from './body-reader-remedy.js'
import { fetchContextOf } from './fetch-context.js'
import { keepReceiver, type WebhookOptions } from './keep-receiver.js'
import { restoreBody } from './restore-body.js'
import { settleByContext } from './settle-by-context.js'

/** What `webhook()` adds to the environment of the routes behind it. */
export interface WebhookEnv<TEvent extends WebhookEvent = WebhookEvent> {
  Variables: { webhook: Delivery<TEvent> }
}

/** Middleware that hands on a verified delivery as `c.get('webhook')` and `c.var.webhook`. */
export type WebhookMiddleware<TEvent extends WebhookEvent = WebhookEvent> = MiddlewareHandler<
  WebhookEnv<TEvent>
>

/**
 * Middleware for a webhook's route. It refuses what is not authentic, answers repetitions, and hands a delivery on
 * as `c.get('webhook')`. The route's own answer settles the claim before the answer leaves the middleware: 2xx completes it,
 * any other status, or a throw, releases it for the sender's next attempt. A streamed answer settles with its status.
 *
 * @param options those of `createReceiver`, or a function that makes them from the first request's context
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix; where options are a function, the middleware throws
 * it, and it goes to the application's `onError`
 *
 * @example
 * app.post('/webhooks/visibuild', webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }), (c) => {
 *   const { event, payload } = c.get('webhook')
 *   return c.body(null, 204)
 * })
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
  // biome-ignore lint/suspicious/noExplicitAny: what Hono's own types have for any environment
  TEnv extends Env = any,
>(options: WebhookOptions<TEvent, TSchema, TEnv>): WebhookMiddleware<EventOf<TEvent, TSchema>> {
  const receiverFor = keepReceiver(options)
  return async (c, next) => {
    const answering = answer(c, next, receiverFor(c as unknown as Context<TEnv>))
    // Workers end what a request does when its sender goes away; a claim would then last as long as its lease.
    fetchContextOf(c).waitUntil?.(answering.catch(() => undefined))
    return answering
  }
}

async function answer<TEvent extends WebhookEvent>(
  c: Context<WebhookEnv<TEvent>>,
  next: Next,
  receiver: Receiver<TEvent>,
): Promise<Response | undefined> {
  const acceptance = await receiver.accept(
    toWebhookRequest(c.req.raw, { remedy: bodyReaderRemedy, context: fetchContextOf(c), source: c }),
  )
  if (!acceptance.accepted) return toResponse(acceptance.outcome.response, c.req.raw)
  restoreBody(c.req, acceptance.delivery.rawBody)
  c.set('webhook', acceptance.delivery)
  return settleByContext(c, next, acceptance)
}
