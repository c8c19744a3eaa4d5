export type { LambdaContext } from './lambda-context.js'
export type {
  HttpApiEvent,
  LambdaEvent,
  LoadBalancerEvent,
  NetlifyEvent,
  RestApiEvent,
} from './lambda-event.js'
export type { LambdaResult } from './lambda-result.js'
export type { LatticeEvent, LatticeV1Event } from './lattice-event.js'
export { type LambdaWebhook, type WebhookContext, type WebhookHandler, webhook } from './webhook.js'
