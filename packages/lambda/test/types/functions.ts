/**
 * Tests the public types with code that must compile, or must not. It never runs: `types.matrix.test.ts` compiles it
 * against `@types/aws-lambda`, which the package itself does not need.
 */
import type { Delivery, StandardSchemaV1 } from '@countersign/core'
import { embeddable, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import {
  type LambdaContext,
  type LambdaEvent,
  type LambdaResult,
  type LambdaWebhook,
  type WebhookContext,
  type WebhookHandler,
  webhook,
} from '@countersign/lambda'
import type {
  ALBEvent,
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  Context,
  LambdaFunctionURLEvent,
  LambdaFunctionURLHandler,
} from 'aws-lambda'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function expectTrue<T extends true>(proof?: T): void

const secret = process.env.VISIBUILD_SECRET
const options = { endpoint: 'tickets', scheme: visibuild(), secret }

// One function for every gateway.
const any = webhook(options, async ({ event, payload, attempt }, { event: invocation, context }) => {
  if (event === 'ticket.status_changed') payload.data.change.from.toUpperCase()
  // @ts-expect-error only a status change says what changed
  payload.data.change
  expectTrue<Same<typeof attempt, number>>()
  expectTrue<Same<typeof invocation, LambdaEvent>>()
  expectTrue<Same<ReturnType<typeof context.getRemainingTimeInMillis>, number>>()
})
export const rest: APIGatewayProxyHandler = any
export const http: APIGatewayProxyHandlerV2 = any
export const loadBalancer: ALBHandler = any
export const functionUrl: LambdaFunctionURLHandler = any

// A function for one gateway: the handler gets its event type.
export const typedRest: APIGatewayProxyHandler = webhook(options, (_delivery, { event }) => {
  expectTrue<Same<typeof event, APIGatewayProxyEvent>>()
  event.requestContext.identity.sourceIp
})
export const typedHttp: APIGatewayProxyHandlerV2 = webhook(options, (_delivery, { event }) => {
  expectTrue<Same<typeof event, APIGatewayProxyEventV2>>()
  event.requestContext.http.sourceIp
})
export const typedLoadBalancer: ALBHandler = webhook(options, (_delivery, { event }) => {
  expectTrue<Same<typeof event, ALBEvent>>()
})
export const typedFunctionUrl: LambdaFunctionURLHandler = webhook(options, ({ payload }, { event }) => {
  expectTrue<Same<typeof event, LambdaFunctionURLEvent>>()
  return { statusCode: 204, body: String(payload) }
})

// Stored in a variable, and called as Lambda calls it.
declare const schema: StandardSchemaV1<unknown, { readonly amount: number }>
const bySchema: LambdaWebhook = webhook({ scheme: embeddable(), secret, schema }, ({ payload }) => {
  expectTrue<Same<typeof payload, { readonly amount: number }>>()
})
declare const event: APIGatewayProxyEventV2
declare const context: Context
const result: Promise<LambdaResult> = bySchema(event, context)
const lambdaContext: LambdaContext = context
const handle: WebhookHandler<VisibuildEvent> = ({ id }, { context }: WebhookContext) => [
  id,
  context.awsRequestId,
]
const handleDelivery = (delivery: Delivery<VisibuildEvent>) => delivery.rawBody

export { lambdaContext, result }

webhook(options, handle)
webhook(options, handleDelivery)

// @ts-expect-error no scheme
webhook({ secret }, handleDelivery)
// @ts-expect-error nothing skips verification
webhook({ ...options, skipVerification: true }, handleDelivery)
// @ts-expect-error no handler
webhook(options)
// @ts-expect-error a queue's batch is not a request
bySchema({ Records: [] }, context)
