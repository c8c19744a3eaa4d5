import {
  checkHandler,
  type Delivery,
  type EventOf,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import { answerRequest } from '@countersign/core/fetch'
import type { Context, Env } from 'hono'
import { bodyReaderRemedy } from './body-reader-remedy.js'
import { fetchContextOf } from './fetch-context.js'
import { keepReceiver, type WebhookOptions } from './keep-receiver.js'
import { restoreBody } from './restore-body.js'

/**
 * Handles one delivery. When it returns, or its promise resolves, the delivery is complete; when it throws, the sender comes again.
 * A `Response` it returns, as `c.json()` makes one, is sent as it is, and its status decides: 2xx completes, any other has the
 * sender come again. Anything else it returns goes to nobody.
 */
export type WebhookHandler<
  TEvent extends WebhookEvent = WebhookEvent,
  // biome-ignore lint/suspicious/noExplicitAny: what Hono's own types have for any environment
  TEnv extends Env = any,
> = (delivery: Delivery<TEvent>, c: Context<TEnv>) => unknown

/**
 * A whole route for a webhook: verifies, deduplicates, runs the handler and answers. A handler that throws a
 * `WebhookPermanentError` ends the event for good; any other error is answered 500, without its text.
 *
 * @param options those of `createReceiver`, or a function that makes them from the first request's context
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix; where options are a function, the route throws it,
 * and it goes to the application's `onError`
 *
 * @example
 * app.post('/webhooks/visibuild', webhookHandler({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
 *   async ({ event, payload }, c) => { await tickets.update(payload) },
 * ))
 */
export function webhookHandler<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
  // biome-ignore lint/suspicious/noExplicitAny: what Hono's own types have for any environment
  TEnv extends Env = any,
>(
  options: WebhookOptions<TEvent, TSchema, TEnv>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>, TEnv>,
): (c: Context<TEnv>) => Promise<Response> {
  checkHandler(handler, {
    caller: webhookHandler,
    options: typeof options === 'function' ? undefined : options,
  })
  const receiverFor = keepReceiver(options)
  return async (c) =>
    answerRequest(c.req.raw, {
      receiver: receiverFor(c),
      context: fetchContextOf(c),
      remedy: bodyReaderRemedy,
      source: c,
      handler: (delivery) => {
        restoreBody(c.req, delivery.rawBody)
        return handler(delivery, c)
      },
    })
}
