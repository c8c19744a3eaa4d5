import { WebhookConfigurationError } from '@countersign/core'

/** @throws WebhookConfigurationError whose message says what to do */
export function refuseHttp2(): never {
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'Webhooks need HTTP/1 in Fastify: leave out http2, and let a proxy speak HTTP/2 to the world.',
  )
}
