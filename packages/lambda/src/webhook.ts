import {
  createReceiver,
  type Delivery,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import {
  checkHandler,
  type EventOf,
  readResponse,
  settleByResult,
  statusOfResponse,
} from '@countersign/core/adapter'
import { checkEvent } from './check-event.js'
import type { LambdaEvent } from './lambda-event.js'
import { readStatusCode, toResponse } from './to-response.js'
import { toWebhookRequest } from './to-webhook-request.js'
import type { LambdaResult, LambdaWebhook, WebhookHandler } from './types.js'

/**
 * Creates a complete Lambda function for a webhook, behind API Gateway (REST APIs; HTTP APIs with payload format 1.0 or 2.0), an
 * Application Load Balancer, a function URL or VPC Lattice, or on Netlify. It verifies, deduplicates, runs the handler, settles the
 * claim and answers.
 *
 * The memory store lives as long as one execution environment, and parallel environments do not share it.
 *
 * @returns the function; it rejects with `ERR_WEBHOOK_OPTION_INVALID` for an event that is not an HTTP request, such as a queue's batch
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhook } from '@countersign/lambda'
 *
 * export const handler = webhook(
 *   { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
 *   async ({ event, payload }) => {
 *     console.log(event, payload)
 *   },
 * )
 * ```
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
    if (!acceptance.accepted) return toResponse(acceptance.outcome.response, event)
    const handle = async (delivery: Delivery<EventOf<TEvent, TSchema>>) => {
      const result = await handler(delivery, { event, context })
      if (statusOfResponse(result) === undefined) return result
      return toResponse({ ...(await readResponse(result as Response)), bodyUnread: false }, event)
    }
    const { own, response } = await settleByResult(acceptance, handle, readStatusCode)
    // Lambda freezes everything that still runs when the function has answered.
    await Promise.all(deferred)
    return own === undefined ? toResponse(response, event) : (own as LambdaResult)
  }
}
