export { webhook } from './webhook.js'
export { type WebhookContext, type WebhookHandler, webhookHandler } from './webhook-handler.js'
export type { WebhookMiddleware } from './webhook-middleware.js'
