import { type Acceptance, WebhookConfigurationError } from '@countersign/core'
import type { FastifyRequest } from 'fastify'

type Accepted = Extract<Acceptance, { accepted: true }>

/** A request that was verified, and the route's options by which it was. */
interface Kept {
  readonly acceptance: Accepted
  readonly options: object
}

/** On `globalThis`, so that a helper of one copy of this package (ESM beside CJS) knows what the plugin of another has verified. */
const registry = Symbol.for('countersign.fastify.acceptances')

function acceptances(): WeakMap<FastifyRequest, Kept> {
  const shared = globalThis as { [registry]?: WeakMap<FastifyRequest, Kept> }
  shared[registry] ??= new WeakMap()
  return shared[registry]
}

export function keepAcceptance(request: FastifyRequest, kept: Kept): void {
  acceptances().set(request, kept)
  // Where the plugin is registered, its getter gives the same.
  if (!('webhook' in request)) Object.defineProperty(request, 'webhook', { value: kept.acceptance.delivery })
}

export function findAcceptance(request: FastifyRequest): Accepted | undefined {
  return acceptances().get(request)?.acceptance
}

/** Whether the request was verified by these very options. */
export function isAcceptedBy(request: FastifyRequest, options: object): boolean {
  return acceptances().get(request)?.options === options
}

/** @throws WebhookConfigurationError where the request has no verified delivery, so that no code takes an unverified one for it */
export function acceptanceOf(request: FastifyRequest): Accepted {
  const acceptance = findAcceptance(request)
  if (acceptance) return acceptance
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'This request has no verified delivery. Spread webhook(options) into the options of its route, as in ' +
      'fastify.post(url, { ...webhook({ scheme, secret }) }, handler), or register the plugin webhooks, with await and before the ' +
      'route, on the instance of a route with config: { webhook: { scheme, secret } } or on one above. Hooks have request.webhook from preValidation on.',
  )
}
