import {
  createReceiver,
  type EventOf,
  type Receiver,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import type { Context, Env } from 'hono'

/**
 * The options of `createReceiver`, or a function that makes them from the context of the first request: Workers have their
 * secrets and bindings only then, in `c.env`.
 */
export type WebhookOptions<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined,
  // biome-ignore lint/suspicious/noExplicitAny: what Hono's own types have for any environment
  TEnv extends Env = any,
> = ReceiverOptions<TEvent, TSchema> | ((c: Context<TEnv>) => ReceiverOptions<TEvent, TSchema>)

/**
 * Makes the one receiver of a route. It remembers which events were handled, and renews the leases of those that are: a receiver
 * for each request would forget them all, and every repetition would run again.
 *
 * @returns gives the receiver. Where options are a function, the first call makes it; after a throw the next call tries again
 * @throws WebhookConfigurationError when an option is wrong; where options are a function, the function it returns does
 */
export function keepReceiver<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined,
  TEnv extends Env,
>(options: WebhookOptions<TEvent, TSchema, TEnv>): (c: Context<TEnv>) => Receiver<EventOf<TEvent, TSchema>> {
  if (typeof options !== 'function') {
    const receiver = createReceiver(options)
    return () => receiver
  }
  let receiver: Receiver<EventOf<TEvent, TSchema>> | undefined
  return (c) => {
    // Without an await in it, requests that come at once cannot make two.
    receiver ??= createReceiver(options(c))
    return receiver
  }
}
