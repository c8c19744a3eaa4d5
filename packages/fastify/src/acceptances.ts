import { type Acceptance, WebhookConfigurationError } from '@countersign/core'
import type { FastifyRequest } from 'fastify'

type Accepted = Extract<Acceptance, { accepted: true }>

const acceptances = new WeakMap<FastifyRequest, Accepted>()

export function keepAcceptance(request: FastifyRequest, acceptance: Accepted): void {
  acceptances.set(request, acceptance)
}

export function findAcceptance(request: FastifyRequest): Accepted | undefined {
  return acceptances.get(request)
}

/** @throws WebhookConfigurationError where the request has no verified delivery, so that no code takes an unverified one for it */
export function acceptanceOf(request: FastifyRequest): Accepted {
  const acceptance = acceptances.get(request)
  if (acceptance) return acceptance
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'This request has no verified delivery. Its route needs config: { webhook: { scheme, secret } } and the plugin webhooks, ' +
      'registered with await before the route, on its instance or one above; hooks have request.webhook from preValidation on.',
  )
}
