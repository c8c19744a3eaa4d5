import { defineScheme } from './define-scheme.js'
import type { EventsOfUnion } from './event-types.js'
import { stripeEvents } from './events/stripe.js'
import type { Scheme, SchemeOptions } from './scheme-descriptor.js'

/** The events of Stripe's page "Types of events", as `invoice.paid`. */
export type StripeEventName = (typeof stripeEvents)[number]

/**
 * The events of {@link stripe}. `TPayload` is a union of payloads that `type` discriminates, as `Stripe.Event` of the package `stripe`;
 * without it every payload is `unknown`.
 */
export type StripeEvent<TPayload = unknown> = unknown extends TPayload
  ? { readonly event: StripeEventName | (string & {}) | undefined; readonly payload: unknown }
  : EventsOfUnion<TPayload, StripeEventName>

/**
 * Stripe, as its library (stripe/stripe-node, `src/Webhooks.ts`) checks it: `Stripe-Signature: t=<unix seconds>,v1=<hex>`
 * with the HMAC-SHA256 of `{timestamp}.{body}`; `v1` repeats while a secret is rotated, other keys are
 * ignored. The whole text of the secret is the key, including `whsec_`. Stripe retries for up to 3 days in live mode.
 *
 * A timestamp in the future is refused too, unlike in the library. Not documented: a response deadline.
 *
 * With a union of payload types, `event` (the payload's `type`) narrows `payload`: `stripe<Stripe.Event>()`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: stripe(), secret: process.env.STRIPE_WEBHOOK_SECRET })
 */
export function stripe<TPayload = unknown>(options: SchemeOptions = {}): Scheme<StripeEvent<TPayload>> {
  return defineScheme<StripeEvent<TPayload>>(
    {
      name: 'stripe',
      signature: {
        algorithm: 'hmac-sha256',
        header: 'Stripe-Signature',
        encoding: 'hex',
        pairs: { separator: ',', key: 'v1' },
      },
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'Stripe-Signature', key: 't', unit: 's' },
      toleranceSeconds: 300,
      eventId: { json: '/id' },
      eventType: { json: '/type' },
      events: stripeEvents,
      retriesForSeconds: 3 * 86_400,
    },
    options,
  )
}
