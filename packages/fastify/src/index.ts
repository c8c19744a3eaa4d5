import { refuseUnverifiedRoutes } from './refuse-unverified.js'

export type {
  DeliveryOfConfig,
  VerifiedRoute,
  WebhookContext,
  WebhookHandler,
  WebhookRoute,
} from './types.js'
export { webhook } from './webhook.js'
export { webhookHandler } from './webhook-handler.js'
export { type WebhooksOptions, webhooks, webhooks as default } from './webhooks.js'

refuseUnverifiedRoutes()
