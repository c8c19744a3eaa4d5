import type { Scheme, SecretValue } from '@countersign/core'
import {
  embeddable,
  fingerprintingApi,
  github,
  scratcher,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  tokenScheme,
  visibuild,
  visisto,
} from '@countersign/core/schemes'

/** Every scheme, with a secret in its notation. */
export const schemes: readonly (readonly [name: string, scheme: Scheme, secret: SecretValue])[] = [
  ...[
    visisto(),
    fingerprintingApi({ event: 'NEW_VISIT' }),
    embeddable(),
    visibuild(),
    github(),
    stripe(),
  ].map((scheme) => [scheme.name, scheme, `${scheme.name}-secret-0123456789`] as const),
  ['scratcher', scratcher(), { username: 'scratcher', password: 'colon:in-it-0123456789' }],
  [
    'standard-webhooks',
    standardWebhooks(),
    `whsec_${Buffer.from('standard-secret-0123456789').toString('base64')}`,
  ],
  ['slack', slack(), 'slack-secret-0123456789'],
  ['shopify', shopify(), 'shopify-secret-0123456789'],
  [
    'a token in the query',
    tokenScheme({ name: 'query-token', query: 'token', eventId: { json: '/id' } }),
    'token-0123456789 +&',
  ],
]
