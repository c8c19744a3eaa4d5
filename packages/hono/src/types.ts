import type { Delivery, ReceiverOptions, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import type { Context, Env, MiddlewareHandler } from 'hono'

/** What `webhook()` adds to the environment of the routes after it. */
export interface WebhookEnv<TEvent extends WebhookEvent = WebhookEvent> {
  Variables: { webhook: Delivery<TEvent> }
}

/** Middleware that passes a verified delivery to the route as `c.get('webhook')` and `c.var.webhook`. */
export type WebhookMiddleware<TEvent extends WebhookEvent = WebhookEvent> = MiddlewareHandler<
  WebhookEnv<TEvent>
>

/**
 * The options of `createReceiver`, or a function that creates them from the context of the first request: Workers have their
 * secrets and bindings only then, in `c.env`.
 */
export type WebhookOptions<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined,
  // biome-ignore lint/suspicious/noExplicitAny: Hono's own types use it for any environment
  TEnv extends Env = any,
> = ReceiverOptions<TEvent, TSchema> | ((c: Context<TEnv>) => ReceiverOptions<TEvent, TSchema>)

/**
 * Handles one delivery. If it returns, or its promise resolves, the delivery is complete; if it throws, the sender retries.
 * A `Response` that it returns, for example from `c.json()`, is sent unchanged, and its status decides: 2xx completes the
 * delivery, any other status makes the sender retry. Any other return value is ignored.
 */
export type WebhookHandler<
  TEvent extends WebhookEvent = WebhookEvent,
  // biome-ignore lint/suspicious/noExplicitAny: Hono's own types use it for any environment
  TEnv extends Env = any,
> = (delivery: Delivery<TEvent>, c: Context<TEnv>) => unknown
