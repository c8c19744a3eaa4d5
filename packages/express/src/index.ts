// Includes the overloads of Express' routers in the published types.
export type {} from './router-types.js'
export type { WebhookContext, WebhookHandler, WebhookMiddleware } from './types.js'
export { webhook } from './webhook.js'
export { webhookHandler } from './webhook-handler.js'
