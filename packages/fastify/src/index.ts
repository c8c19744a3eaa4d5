import { guardInstances } from './guard-instances.js'

export type { DeliveryOfConfig } from './request-types.js'
export { type VerifiedRoute, webhook } from './webhook.js'
export {
  type WebhookContext,
  type WebhookHandler,
  type WebhookRoute,
  webhookHandler,
} from './webhook-handler.js'
export { type WebhooksOptions, webhooks, webhooks as default } from './webhooks.js'

guardInstances()
