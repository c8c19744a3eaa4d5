export type { LambdaContext } from './lambda-context.js'
export type { HttpApiEvent, LambdaEvent, LoadBalancerEvent, RestApiEvent } from './lambda-event.js'
export type { LambdaResult } from './lambda-result.js'
export { type LambdaWebhook, type WebhookContext, type WebhookHandler, webhook } from './webhook.js'
