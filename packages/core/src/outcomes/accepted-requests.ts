import { WebhookConfigurationError } from '../errors.js'
import type { WebhookRequest } from '../types.js'

/** On `globalThis`, so that copies of this module (ESM and CJS, two installed versions) share the accepted requests. */
const registry = Symbol.for('countersign.accepted')

/** The requests that a receiver has accepted, by their `source`. */
function acceptedSources(): WeakSet<object> {
  const shared = globalThis as { [registry]?: WeakSet<object> }
  shared[registry] ??= new WeakSet()
  return shared[registry]
}

/** Marks a request as accepted. A request that was refused, a duplicate or ignored may go to another receiver. */
export function markAccepted({ source }: WebhookRequest): void {
  if (source) acceptedSources().add(source)
}

/**
 * Refuses a request that another receiver has accepted. To a second receiver it would look like a copy of the delivery that is
 * being handled: every attempt would get a 503 and be released.
 *
 * @param name of the second receiver
 * @throws WebhookConfigurationError `ERR_WEBHOOK_VERIFIED_TWICE`
 */
export function refuseAlreadyAccepted({ source }: WebhookRequest, name: string): void {
  if (!source || !acceptedSources().has(source)) return
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_VERIFIED_TWICE',
    `The receiver "${name}" got a request that another receiver has already accepted: webhook() is mounted twice on this path, ` +
      'as by app.use() and again on the route; remove one.',
  )
}
