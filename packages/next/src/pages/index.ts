export type {
  WebhookApiHandler,
  WebhookApiRequest,
  WebhookContext,
  WebhookHandler,
  WebhookRoute,
} from './types.js'
export { webhook } from './webhook.js'
export { withWebhook } from './with-webhook.js'
