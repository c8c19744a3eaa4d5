import { statusOfResponse } from '../outcomes/read-response.js'
import { settleByResult } from '../outcomes/settle-by-result.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import { toResponse } from './to-response.js'
import { toWebhookRequest } from './to-webhook-request.js'
import type { AnswerOptions } from './types.js'

/**
 * Takes one request from verification to its answer, for adapters of frameworks with web-standard requests. A `Response` that
 * the handler returns is the answer, and its status settles the claim: 2xx completes it, any other status releases it. Without
 * one, Countersign answers.
 *
 * @returns the answer; the promise never rejects
 *
 * @example
 * ```ts
 * import { createReceiver } from '@countersign/core'
 * import { answerRequest } from '@countersign/core/fetch'
 * import { visibuild } from '@countersign/core/schemes'
 *
 * const receiver = createReceiver({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 *
 * export const receive = (request: Request): Promise<Response> =>
 *   answerRequest(request, { receiver, handler: ({ event, payload }) => console.log(event, payload) })
 * ```
 */
export function answerRequest<TEvent extends WebhookEvent>(
  request: Request,
  options: AnswerOptions<TEvent>,
): Promise<Response> {
  const answering = answer(request, options)
  // Workers stop the request's code when the sender disconnects. The claim would then last as long as its lease.
  options.context?.waitUntil?.(answering)
  return answering
}

async function answer<TEvent extends WebhookEvent>(
  request: Request,
  { receiver, handler, remedy, context, source }: AnswerOptions<TEvent>,
): Promise<Response> {
  const acceptance = await receiver.accept(toWebhookRequest(request, { remedy, context, source }))
  if (!acceptance.accepted) return toResponse(acceptance.outcome.response, request)
  const { own, response } = await settleByResult(acceptance, handler, statusOfResponse)
  return own === undefined ? toResponse(response, request) : (own as Response)
}
