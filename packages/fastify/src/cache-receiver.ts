import { createReceiver, type Receiver, WebhookConfigurationError } from '@countersign/core'
import type { AnyReceiverOptions } from './types.js'

/**
 * Creates one receiver per options object and caches it. Fastify may declare a route twice, for HEAD or for a prefix with and without
 * its slash, and routes that share their options are one endpoint.
 *
 * @returns a function from a route's `config` to its receiver, or to undefined if the route receives no webhooks
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 */
export function cacheReceiver(
  defaults: Partial<AnyReceiverOptions>,
): (config?: object) => Receiver | undefined {
  const receivers = new WeakMap<AnyReceiverOptions, Receiver>()
  return (config) => {
    if (!config || !('webhook' in config)) return undefined
    const { webhook } = config as { webhook: AnyReceiverOptions }
    // A wrong value must not leave the route open to unverified requests.
    if (typeof webhook !== 'object' || webhook === null) {
      throw new WebhookConfigurationError(
        'ERR_WEBHOOK_OPTION_INVALID',
        "A route's config.webhook must be an object of options, as in config: { webhook: { scheme, secret } }; remove it if the route receives no webhooks.",
      )
    }
    const receiver = receivers.get(webhook) ?? createReceiver({ ...defaults, ...webhook })
    receivers.set(webhook, receiver)
    return receiver
  }
}
