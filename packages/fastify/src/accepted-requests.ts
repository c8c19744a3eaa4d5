import { WebhookConfigurationError } from '@countersign/core'
import type { AcceptedDelivery } from '@countersign/core/adapter'
import type { FastifyRequest } from 'fastify'

/** A verified request, and the route options that verified it. */
interface AcceptedRequest {
  readonly acceptance: AcceptedDelivery
  readonly options: object
}

/** On `globalThis`, so that a route of one copy of this package (ESM beside CJS) sees what the plugin of another copy has verified. */
const registry = Symbol.for('countersign.fastify.acceptances')

function acceptedRequests(): WeakMap<FastifyRequest, AcceptedRequest> {
  const shared = globalThis as { [registry]?: WeakMap<FastifyRequest, AcceptedRequest> }
  shared[registry] ??= new WeakMap()
  return shared[registry]
}

/** Remembers what was verified, and sets `request.webhook`. */
export function rememberAcceptance(request: FastifyRequest, accepted: AcceptedRequest): void {
  acceptedRequests().set(request, accepted)
  // With the plugin, its getter returns the same delivery.
  if (!('webhook' in request))
    Object.defineProperty(request, 'webhook', { value: accepted.acceptance.delivery })
}

export function findAcceptance(request: FastifyRequest): AcceptedDelivery | undefined {
  return acceptedRequests().get(request)?.acceptance
}

/** Whether the request was verified with exactly these options. */
export function isAcceptedBy(request: FastifyRequest, options: object): boolean {
  return acceptedRequests().get(request)?.options === options
}

/**
 * Stops code that would otherwise trust a request nobody has verified.
 *
 * @throws WebhookConfigurationError if the request has no verified delivery
 */
export function requireAcceptance(request: FastifyRequest): AcceptedDelivery {
  const acceptance = findAcceptance(request)
  if (acceptance) return acceptance
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'This request has no verified delivery. Spread webhook(options) into the options of its route, as in ' +
      'fastify.post(url, { ...webhook({ scheme, secret }) }, handler); or register the plugin webhooks, with await and before the ' +
      'route, on the instance of a route with config: { webhook: { scheme, secret } } or on a parent. Hooks can read request.webhook from preValidation on.',
  )
}
