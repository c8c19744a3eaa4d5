export { type WebhookMiddleware, webhook } from './webhook.js'
export { type WebhookContext, type WebhookHandler, webhookHandler } from './webhook-handler.js'
