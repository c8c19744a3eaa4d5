import { defineScheme } from './define-scheme.js'
import type { Scheme, SchemeOptions } from './scheme-descriptor.js'

/** Options of {@link standardWebhooks}. */
export interface StandardWebhooksOptions extends SchemeOptions {
  /** The prefix of `id`, `timestamp` and `signature` in the headers' names. Default `webhook-`; Svix also sends `svix-`. */
  readonly headerPrefix?: 'webhook-' | 'svix-' | (string & {})
}

/**
 * Standard Webhooks with symmetric signatures (`v1`), as its specification says
 * (standard-webhooks/standard-webhooks, `spec/standard-webhooks.md`): base64 HMAC-SHA256 of
 * `{id}.{timestamp}.{body}`, several of them separated by spaces while a secret is rotated. The secret is base64,
 * with or without `whsec_` or `v1,whsec_` before it.
 *
 * Signatures of other versions, such as the asymmetric `v1a`, are ignored. The retries are the specification's example;
 * a sender may have others. Of the recommended response deadline of 15 to 30 seconds, the shorter one applies.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: standardWebhooks(), secret: process.env.WEBHOOK_SECRET })
 */
export function standardWebhooks(options: StandardWebhooksOptions = {}): Scheme {
  const { headerPrefix = 'webhook-', ...overrides } = options
  return defineScheme(
    {
      name: 'standard-webhooks',
      signature: {
        algorithm: 'hmac-sha256',
        header: `${headerPrefix}signature`,
        encoding: 'base64',
        prefix: 'v1,',
        list: { separator: ' ' },
      },
      signedContent: '{id}.{timestamp}.{body}',
      timestamp: { header: `${headerPrefix}timestamp`, unit: 's' },
      toleranceSeconds: 300,
      deliveryId: { header: `${headerPrefix}id` },
      eventType: { json: '/type' },
      // Supabase shows the version before it: supabase.com/docs/guides/auth/auth-hooks.
      secret: { encoding: 'base64', prefix: ['v1,whsec_', 'whsec_'] },
      retries: [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400],
      respondWithin: 15,
    },
    overrides,
  )
}
