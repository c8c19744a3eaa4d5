import { createReceiver, type Receiver, WebhookConfigurationError } from '@countersign/core'
import type { AnyReceiverOptions } from './request-types.js'

/**
 * Makes one receiver for each options object. Fastify may declare a route twice, as for HEAD and for a prefix with and without its
 * slash; and routes that share their options are one endpoint.
 *
 * @returns gives the receiver of a route's `config`, or undefined where the route is no webhook's
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 */
export function keepReceivers(
  defaults: Partial<AnyReceiverOptions>,
): (config?: object) => Receiver | undefined {
  const receivers = new WeakMap<AnyReceiverOptions, Receiver>()
  return (config) => {
    if (!config || !('webhook' in config)) return undefined
    const { webhook } = config as { webhook: AnyReceiverOptions }
    // Nothing that stands there may leave the route open.
    if (typeof webhook !== 'object' || webhook === null) {
      throw new WebhookConfigurationError(
        'ERR_WEBHOOK_OPTION_INVALID',
        "A route's config.webhook must be an object of options, as in config: { webhook: { scheme, secret } }; leave it out where the route is no webhook's.",
      )
    }
    const receiver = receivers.get(webhook) ?? createReceiver({ ...defaults, ...webhook })
    receivers.set(webhook, receiver)
    return receiver
  }
}
