import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { Delivery, Receiver } from '../types.js'

/** What a runtime passes beside the request. On Workers it is the third argument of `fetch`. */
export interface FetchContext {
  /** Keeps the handler running after the sender disconnects, and deferred work running after the answer. */
  waitUntil?(promise: Promise<unknown>): unknown
  /** The platform's id of this request, for the log and for hooks. */
  readonly requestId?: string | undefined
}

/** What an adapter adds to a web-standard request. */
export interface WebhookRequestOptions {
  /** The fix to name in the error when something has read the body already: what the framework's user has to change. */
  readonly remedy?: string | undefined
  /** Where deferred work goes that outlives the answer. */
  readonly context?: FetchContext | undefined
  /**
   * The object that identifies this request in the framework, if the framework replaces the `Request` along the way.
   * Default: the request.
   */
  readonly source?: object | undefined
}

/** The options of `answerRequest`. */
export interface AnswerOptions<TEvent extends WebhookEvent> extends WebhookRequestOptions {
  /** Verifies and deduplicates. Create it once, outside the request. */
  readonly receiver: Receiver<TEvent>
  /** Runs once per delivery. A `Response` that it returns is the answer. */
  readonly handler: (delivery: Delivery<TEvent>) => unknown
}

/** What a handler gets beside the delivery. */
export interface WebhookContext {
  /** Its body has been read: the bytes are in `delivery.rawBody`. */
  readonly request: Request
}

/**
 * Handles one delivery. If it returns, or its promise resolves, the delivery is complete; if it throws, the sender retries.
 * A `Response` that it returns is sent unchanged, and its status decides: 2xx completes the delivery, any other status makes
 * the sender retry. Any other return value is ignored.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

/** Answers a request. Never rejects. Pass a Worker's `ctx` as `context`, so that your code keeps running after the sender disconnects. */
export type FetchWebhook = (request: Request, context?: FetchContext) => Promise<Response>
