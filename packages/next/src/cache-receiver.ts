import type { StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { createReceiver, type Receiver, type ReceiverOptions } from '@countersign/core'
import type { EventOf } from '@countersign/core/adapter'

/** The value of Next's `PHASE_PRODUCTION_BUILD`. */
const buildPhase = 'phase-production-build'

/**
 * Creates the one receiver of a route and caches it. It is created at once, so that a wrong option throws when the route is loaded.
 * Only `next build`, which loads every route too, may lack the secrets of the production environment: there the first request
 * creates it.
 *
 * @returns a function that returns the receiver
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 */
export function cacheReceiver<TEvent extends WebhookEvent, TSchema extends StandardSchemaV1 | undefined>(
  options: ReceiverOptions<TEvent, TSchema>,
): () => Receiver<EventOf<TEvent, TSchema>> {
  let receiver = process.env.NEXT_PHASE === buildPhase ? undefined : createReceiver(options)
  return () => {
    receiver ??= createReceiver(options)
    return receiver
  }
}
