import { defineScheme } from './define-scheme.js'
import type { EventsOfMap } from './event-types.js'
import { shopifyTopics } from './events/shopify.js'
import type { Scheme, SchemeOptions } from './scheme-descriptor.js'

/** The topics of Shopify's page "Webhooks", as `orders/create`. */
export type ShopifyEventName = (typeof shopifyTopics)[number]

/** The events of {@link shopify}. `TPayloads` maps topics to payloads; without it every payload is `unknown`. */
export type ShopifyEvent<TPayloads = unknown> = unknown extends TPayloads
  ? { readonly event: ShopifyEventName | (string & {}) | undefined; readonly payload: unknown }
  : EventsOfMap<TPayloads, ShopifyEventName>

/**
 * Shopify, as its page "Verify webhook deliveries" says: `X-Shopify-Hmac-SHA256`, the base64 HMAC-SHA256 of the raw
 * body under the app's client secret. Shopify waits 5 seconds for a response and retries eight times over
 * four hours; after eight consecutive failures it removes a subscription made through the Admin API ("Updates to webhook retry mechanism").
 *
 * The signature covers no header and no timestamp: topic and shop (`delivery.attributes.shop`) are unverified. After
 * a rotation Shopify may use the old secret for up to an hour: configure both.
 *
 * With a map of payload types, `event` narrows `payload`: `shopify<{ 'orders/create': Order }>()`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: shopify(), secret: process.env.SHOPIFY_CLIENT_SECRET })
 */
export function shopify<TPayloads = unknown>(options: SchemeOptions = {}): Scheme<ShopifyEvent<TPayloads>> {
  return defineScheme<ShopifyEvent<TPayloads>>(
    {
      name: 'shopify',
      signature: { algorithm: 'hmac-sha256', header: 'X-Shopify-Hmac-SHA256', encoding: 'base64' },
      signedContent: '{body}',
      deliveryId: { header: 'X-Shopify-Webhook-Id' },
      eventType: { header: 'X-Shopify-Topic' },
      events: shopifyTopics,
      attributes: { shop: { header: 'X-Shopify-Shop-Domain' } },
      retriesForSeconds: 4 * 3600,
      respondWithin: 5,
      disablesAfter: 8,
    },
    options,
  )
}
