import { createReceiver, type Receiver, type StandardSchemaV1, type WebhookEvent } from '@countersign/core'
import type { EventOf } from '@countersign/core/adapter'
import type { Context, Env } from 'hono'
import type { WebhookOptions } from './types.js'

/**
 * Creates the one receiver of a route and caches it. A receiver remembers which events were handled and renews the leases of those
 * that are running: with a new one per request, every duplicate would run again.
 *
 * @returns a function that returns the receiver. If the options are a function, the first call creates it, and after an error the
 * next call tries again
 * @throws WebhookConfigurationError if an option is wrong; if the options are a function, the returned function throws it
 */
export function cacheReceiver<
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
    // Synchronous, so that two simultaneous requests cannot create two.
    receiver ??= createReceiver(options(c))
    return receiver
  }
}
