import { defineScheme, type Scheme, type SchemeOptions } from './scheme.js'

/**
 * Shopify, as its page "Verify webhook deliveries" says: `X-Shopify-Hmac-SHA256`, the base64 HMAC-SHA256 of the raw
 * body under the app's client secret. Answered within 5 seconds; eight retries over four hours, after eight
 * failures in a row a subscription made through the Admin API is removed ("Updates to webhook retry mechanism").
 *
 * No header but the signature is covered by it, and no time is signed: topic and shop (`delivery.attributes.shop`)
 * are what the request says. After a rotation the old secret may be used for up to an hour: keep both.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an option that makes no sense
 */
export function shopify(options: SchemeOptions = {}): Scheme {
  return defineScheme(
    {
      name: 'shopify',
      signature: { algorithm: 'hmac-sha256', header: 'X-Shopify-Hmac-SHA256', encoding: 'base64' },
      signedContent: '{body}',
      deliveryId: { header: 'X-Shopify-Webhook-Id' },
      eventType: { header: 'X-Shopify-Topic' },
      attributes: { shop: { header: 'X-Shopify-Shop-Domain' } },
      retriesForSeconds: 4 * 3600,
      respondWithin: 5,
      disablesAfter: 8,
    },
    options,
  )
}
