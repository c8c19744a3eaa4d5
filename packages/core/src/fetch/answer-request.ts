import { statusOfResponse } from '../outcomes/read-response.js'
import { settleByResult } from '../outcomes/settle-by-result.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { Delivery, Receiver } from '../types.js'
import { toResponse } from './to-response.js'
import { toWebhookRequest } from './to-webhook-request.js'

/** What a runtime offers beside the request. On Workers: the third argument of `fetch`. */
export interface FetchContext {
  /** Keeps the work alive when the sender goes away, and deferred work after the answer. */
  waitUntil?(promise: Promise<unknown>): unknown
  /** The host's id of this request, for the log and for hooks. */
  readonly requestId?: string | undefined
}

/** For whoever builds an adapter on requests and responses. */
export interface AnswerOptions<TEvent extends WebhookEvent> {
  readonly receiver: Receiver<TEvent>
  readonly handler: (delivery: Delivery<TEvent>) => unknown
  readonly context?: FetchContext | undefined
  /** What the framework's user can do where the body was read before; the error says it. */
  readonly remedy?: string
  /** What stands for this request in the framework, where that replaces the request itself. Default: the request. */
  readonly source?: object
}

/**
 * The whole way of one request. A `Response` that the handler returns is the answer, and its status settles the
 * claim: 2xx completes it, any other releases it. Without one the core answers. Never rejects.
 */
export function answerRequest<TEvent extends WebhookEvent>(
  request: Request,
  options: AnswerOptions<TEvent>,
): Promise<Response> {
  const answering = answer(request, options)
  // Workers end what a request does when its sender goes away; a claim would then last as long as its lease.
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
