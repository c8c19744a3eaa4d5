export type { WebhookOptions } from './keep-receiver.js'
export { type WebhookEnv, type WebhookMiddleware, webhook } from './webhook.js'
export { type WebhookHandler, webhookHandler } from './webhook-handler.js'
