import { defineScheme, type Scheme, type SchemeOptions } from './scheme.js'

/**
 * GitHub, as its pages "Validating webhook deliveries" and "Webhook events and payloads" say:
 * `X-Hub-Signature-256: sha256=<hex>`, the HMAC-SHA256 of the raw body, which may also be a form with the JSON in its
 * field `payload`. Answered within 10 seconds and never retried by itself.
 *
 * `X-GitHub-Delivery` and `X-GitHub-Event` are not covered by the signature, and no time is signed: a captured
 * request runs again under a new delivery id.
 *
 * The body says whether it is JSON or a form; the content type is not signed. A form without `payload` is refused.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an option that makes no sense
 */
export function github(options: SchemeOptions = {}): Scheme {
  return defineScheme(
    {
      name: 'github',
      signature: {
        algorithm: 'hmac-sha256',
        header: 'X-Hub-Signature-256',
        encoding: 'hex',
        prefix: 'sha256=',
      },
      signedContent: '{body}',
      deliveryId: { header: 'X-GitHub-Delivery' },
      eventType: { header: 'X-GitHub-Event' },
      formJsonField: 'payload',
      respondWithin: 10,
      // The cap of "Webhook events and payloads". What is refused as too large never comes again.
      maxBodyBytes: 25 * 1024 * 1024,
    },
    options,
  )
}
