import type { Delivery, WebhookEvent } from '@countersign/core'
import type { LambdaEvent } from './lambda-event.js'

/** What Lambda passes to a function beside the event, as documented for Node. `Context` of `@types/aws-lambda` fits. */
export interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  readonly memoryLimitInMB: string
  readonly awsRequestId: string
  readonly logGroupName: string
  readonly logStreamName: string
  /** Milliseconds until Lambda stops the invocation. */
  getRemainingTimeInMillis(): number
}

/** What a function returns for an HTTP request. The result types of `@types/aws-lambda` accept it. */
export interface LambdaResult {
  readonly statusCode: number
  /** For load balancers and VPC Lattice: the status with its reason phrase, `200 OK`. */
  readonly statusDescription?: string
  readonly headers?: { [name: string]: boolean | number | string }
  readonly multiValueHeaders?: { [name: string]: (boolean | number | string)[] }
  readonly body: string
  readonly isBase64Encoded?: boolean
  /** For payload format 2.0. */
  readonly cookies?: string[]
}

/** What a handler gets beside the delivery. */
export interface WebhookContext<TInvocation extends LambdaEvent = LambdaEvent> {
  readonly event: TInvocation
  readonly context: LambdaContext
}

/**
 * Handles one delivery. If it returns, or its promise resolves, the delivery is complete; if it throws, the sender retries.
 * A result with a `statusCode` is returned unchanged; a web `Response` is read first (up to 1 MiB, within 5 seconds) and returned in
 * the gateway's form. The status decides: 2xx completes the delivery, any other status makes the sender retry. Any other return
 * value is ignored.
 */
export type WebhookHandler<
  TEvent extends WebhookEvent = WebhookEvent,
  TInvocation extends LambdaEvent = LambdaEvent,
> = (delivery: Delivery<TEvent>, context: WebhookContext<TInvocation>) => unknown

/** A function as Lambda invokes it. It only rejects for an event that is not an HTTP request. */
export type LambdaWebhook<TInvocation extends LambdaEvent = LambdaEvent> = (
  event: TInvocation,
  context: LambdaContext,
) => Promise<LambdaResult>
