export {
  type RouteContext,
  type WebhookContext,
  type WebhookHandler,
  type WebhookRoute,
  webhook,
} from './webhook.js'
