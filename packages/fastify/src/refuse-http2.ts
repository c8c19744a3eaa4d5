import { WebhookConfigurationError } from '@countersign/core'

/** @throws WebhookConfigurationError always; the message names the fix */
export function refuseHttp2(): never {
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'Webhooks need HTTP/1 in Fastify: remove the option http2, and let a proxy in front of Fastify speak HTTP/2.',
  )
}
