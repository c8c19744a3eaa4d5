export { type WebhookContext, type WebhookHandler, type WebhookRoute, webhook } from './pages/webhook.js'
export { type WebhookApiHandler, type WebhookApiRequest, withWebhook } from './pages/with-webhook.js'
