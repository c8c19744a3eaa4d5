export type { WebhookEnv, WebhookHandler, WebhookMiddleware, WebhookOptions } from './types.js'
export { webhook } from './webhook.js'
export { webhookHandler } from './webhook-handler.js'
