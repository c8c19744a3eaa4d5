export type { RouteContext, WebhookContext, WebhookHandler, WebhookRoute } from './types.js'
export { webhook } from './webhook.js'
