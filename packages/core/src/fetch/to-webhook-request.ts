import type { WebhookRequest } from '../types.js'
import type { FetchContext } from './answer-request.js'
import { readRequestBody } from './read-request-body.js'

/** What an adapter adds to a request. */
export interface WebhookRequestOptions {
  /** What the framework's user can do where the body was read before; the error says it. */
  readonly remedy?: string | undefined
  /** Where deferred work goes that outlives the answer. */
  readonly context?: FetchContext | undefined
  /** What stands for this request in the framework, where that replaces the request itself. Default: the request. */
  readonly source?: object | undefined
}

/**
 * A web-standard request as the core takes it. Where a header came twice, the runtime has joined both with a comma, which
 * the core refuses as ambiguous.
 */
export function toWebhookRequest(
  request: Request,
  { remedy, context, source = request }: WebhookRequestOptions = {},
): WebhookRequest {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: (limits) => readRequestBody(request, limits, remedy),
    // By way of its context: on Workers it is a method that must be called as one.
    waitUntil: (work) => context?.waitUntil?.(work),
    source,
    requestId: context?.requestId,
  }
}
