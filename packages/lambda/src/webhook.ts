import {
  checkHandler,
  createReceiver,
  type Delivery,
  type EventOf,
  type ReceiverOptions,
  type StandardSchemaV1,
  settleByResult,
  type WebhookEvent,
} from '@countersign/core'
import { readResponse, statusOfResponse } from '@countersign/core/fetch'
import { checkEvent } from './check-event.js'
import type { LambdaContext } from './lambda-context.js'
import type { LambdaEvent } from './lambda-event.js'
import { type LambdaResult, statusOf, toResult } from './lambda-result.js'
import { toWebhookRequest } from './to-webhook-request.js'

/** What a handler gets beside the delivery. */
export interface WebhookContext<TInvocation extends LambdaEvent = LambdaEvent> {
  readonly event: TInvocation
  readonly context: LambdaContext
}

/**
 * Handles one delivery. When it returns, or its promise resolves, the delivery is complete; when it throws, the
 * sender comes again. A result with a `statusCode` is returned as it is, a web `Response` in the gateway's form (it is read first: up
 * to 1 MiB, within 5 seconds), and the status decides: 2xx completes, any other has the sender come again. Anything else it
 * returns goes to nobody.
 */
export type WebhookHandler<
  TEvent extends WebhookEvent = WebhookEvent,
  TInvocation extends LambdaEvent = LambdaEvent,
> = (delivery: Delivery<TEvent>, context: WebhookContext<TInvocation>) => unknown

/** A function as Lambda invokes it. It rejects only for an event that is no HTTP request. */
export type LambdaWebhook<TInvocation extends LambdaEvent = LambdaEvent> = (
  event: TInvocation,
  context: LambdaContext,
) => Promise<LambdaResult>

/**
 * A whole Lambda function for a webhook, behind API Gateway (REST APIs; HTTP APIs with payload format 1.0 or 2.0), an
 * Application Load Balancer, a function URL or VPC Lattice, or on Netlify. It verifies, deduplicates, runs the handler, settles the claim and answers.
 *
 * The memory store lives as long as one execution environment, and environments that run side by side do not share it.
 *
 * @returns the function; it rejects with `ERR_WEBHOOK_OPTION_INVALID` for an event that is no HTTP request, as a queue's batch
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * export const handler = webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, async ({ event, payload }) => {
 *   await tickets.update(payload)
 * })
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
  TInvocation extends LambdaEvent = LambdaEvent,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>, TInvocation>,
): LambdaWebhook<TInvocation> {
  checkHandler(handler, { caller: webhook, options })
  const receiver = createReceiver(options)
  return async (event, context) => {
    checkEvent(event)
    const deferred: Promise<unknown>[] = []
    const waitUntil = (work: Promise<unknown>) => deferred.push(work)
    const acceptance = await receiver.accept({
      ...toWebhookRequest(event),
      requestId: context?.awsRequestId,
      waitUntil,
    })
    if (!acceptance.accepted) return toResult(acceptance.outcome.response, event)
    const handle = async (delivery: Delivery<EventOf<TEvent, TSchema>>) => {
      const result = await handler(delivery, { event, context })
      if (statusOfResponse(result) === undefined) return result
      return toResult({ ...(await readResponse(result as Response)), bodyUnread: false }, event)
    }
    const { own, response } = await settleByResult(acceptance, handle, statusOf)
    // Lambda freezes whatever still runs when the function has answered.
    await Promise.all(deferred)
    return own === undefined ? toResult(response, event) : (own as LambdaResult)
  }
}
