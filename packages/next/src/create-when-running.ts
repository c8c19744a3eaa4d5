import type { StandardSchemaV1, WebhookEvent } from '@countersign/core'
import { createReceiver, type EventOf, type Receiver, type ReceiverOptions } from '@countersign/core'

/** The value of Next's `PHASE_PRODUCTION_BUILD`. */
const buildPhase = 'phase-production-build'

/**
 * Creates the receiver at once, so that a wrong option shows when the route is loaded. Only `next build`, which loads every route too,
 * may lack the secrets of the environment the program will run in: there creation waits for a request.
 *
 * @returns gives the receiver
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 */
export function createWhenRunning<TEvent extends WebhookEvent, TSchema extends StandardSchemaV1 | undefined>(
  options: ReceiverOptions<TEvent, TSchema>,
): () => Receiver<EventOf<TEvent, TSchema>> {
  let receiver = process.env.NEXT_PHASE === buildPhase ? undefined : createReceiver(options)
  return () => {
    receiver ??= createReceiver(options)
    return receiver
  }
}
