export type {
  HttpApiEvent,
  LambdaEvent,
  LoadBalancerEvent,
  NetlifyEvent,
  RestApiEvent,
} from './lambda-event.js'
export type { LatticeEvent, LatticeV1Event } from './lattice-event.js'
export type {
  LambdaContext,
  LambdaResult,
  LambdaWebhook,
  WebhookContext,
  WebhookHandler,
} from './types.js'
export { webhook } from './webhook.js'
