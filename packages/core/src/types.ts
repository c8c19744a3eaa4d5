import type { WebhookError } from './errors.js'
import type { Logger } from './log/logger.js'
import type { MaybePromise } from './promises/maybe-promise.js'
import type { Scheme, WebhookEvent } from './schemes/scheme-descriptor.js'

/** A `Headers` object, any other iterable of name and value pairs (Node's `rawHeaders`, paired), or a record as Node has it. */
export type HeadersInput =
  | Iterable<readonly [name: string, value: string]>
  | { readonly [name: string]: string | readonly string[] | undefined }

/** What bounds the reading of a body. */
export interface BodyLimits {
  /** Stop with `ERR_WEBHOOK_BODY_TOO_LARGE` as soon as more bytes than this have come. */
  readonly maxBodyBytes: number
  /** Stop with `ERR_WEBHOOK_BODY_TIMEOUT` when the whole body has not come after this many milliseconds. */
  readonly bodyTimeoutMs: number
  /** What a reader asks before it holds bytes; undefined where there is no bound, as with `verify`. */
  readonly budget?: BodyBudget
}

/** Bounds the bytes that all bodies of a receiver hold together before they are verified (`maxPendingBytes`). */
export interface BodyBudget {
  /**
   * Asks to hold so many bytes more for this body. They are given back by the receiver, however the reading ends.
   *
   * @throws WebhookVerificationError `ERR_WEBHOOK_BODIES_PENDING`: hold no more, and fail with this error
   */
  take(bytes: number): void
}

/** Reads the raw body under limits. It is called only after all that headers alone can tell has been checked. */
export type ReadBody = (limits: BodyLimits) => Promise<Uint8Array>

/** A request as an adapter hands it over. */
export interface WebhookRequest {
  readonly method: string
  /** The request target as it came: a path with its query, or a whole URL. */
  readonly url: string
  readonly headers: HeadersInput
  /** The exact bytes that came, or the function that reads them. Never a parsed or re-serialised body. */
  readonly body: Uint8Array | ReadBody
  /**
   * The platform's own object for this request. Once it was accepted, every further receiver refuses it with
   * `ERR_WEBHOOK_VERIFIED_TWICE`. Leave it out where one object may stand for several requests.
   */
  readonly source?: object
  /** The platform's id of this request, for the log and for hooks. It decides nothing. */
  readonly requestId?: string | undefined
  /** The platform's logger for this request. The receiver's option `logger` wins. */
  readonly logger?: Logger | undefined
  /** Has the platform go on until the promise is settled, where it would else end with the answer; it never rejects. */
  readonly waitUntil?: (work: Promise<unknown>) => unknown
}

declare const verified: unique symbol

/** The part of a delivery that does not depend on its event. */
export interface DeliveryFields {
  /** Only signature verification makes one. */
  readonly [verified]: true
  /** The scheme's name. */
  readonly scheme: string
  /** The receiver's name, where it has one. */
  readonly endpoint: string | undefined
  /** The tenant a secret resolver named. */
  readonly tenant: string | undefined
  /** What the sender calls the delivery: stable across its retries. */
  readonly id: string | undefined
  /**
   * What deduplicates; bound to what was signed. Where the sender gives nothing unique, it is the signed content where a time
   * is signed, good for as long as that time is accepted, and undefined where none is.
   */
  readonly idempotencyKey: string | undefined
  /** The sender's signed time, milliseconds since the epoch. */
  readonly timestamp: number | undefined
  /** The exact bytes that were verified: of a body whose sender signs it before compressing it, the decompressed ones. */
  readonly rawBody: Uint8Array
  /** Which labelled secret matched, or the place of an unlabelled one: `'0'` is the first. */
  readonly secretId: string
  /** Unsigned header values that the scheme names, as Shopify's `shop`. */
  readonly attributes: Readonly<Record<string, string>>
}

/** A delivery whose sender and time are proved. With a union of events, `payload` is narrowed by `event`. */
export type VerifiedDelivery<TEvent extends WebhookEvent = WebhookEvent> = TEvent & DeliveryFields

/** What a running handler gets beside what was verified. */
export interface HandlingFields {
  /** How many times this event has been attempted, this time included. 1 where nothing identifies the event. */
  readonly attempt: number
  /** Aborted only when the lease is lost: from then on another attempt may run beside this one. */
  readonly signal: AbortSignal
  /** When the sender stops waiting for the answer, milliseconds since the epoch; undefined where it does not say. */
  readonly deadline: number | undefined
  /**
   * Writes the delivery's completion within the handler's own transaction, so that effect and completion commit or roll
   * back together. From then on that transaction decides: a good end without its commit is answered 5xx, and the
   * sender comes again. It answers at once where the transaction's client does (SQLite). Call it last, before the commit.
   *
   * @param transaction what the store takes: see its `completeIn`
   * @throws WebhookHandlerError `ERR_WEBHOOK_LEASE_LOST` where another attempt has the event: roll back;
   * `ERR_WEBHOOK_NOT_CLAIMED` where nothing identifies it
   * @throws WebhookConfigurationError `ERR_WEBHOOK_STORE_NOT_TRANSACTIONAL`, or where it is no transaction of the store's
   * @throws DedupeStoreError
   */
  readonly completeIn: (transaction: unknown) => MaybePromise<void>
  /**
   * Lets the handler end, and the sender be answered 2xx, before this work has. The claim is marked as acked first, its
   * lease is renewed until the work has ended, and then it is completed. Work that fails is kept as failed and told to
   * `onFailed`; work that is cut off is listed as orphaned: the sender does not come again. What must not be lost
   * belongs into a queue that keeps it, before the handler ends.
   *
   * @throws WebhookHandlerError `ERR_WEBHOOK_DEFERRED_TOO_LATE` once the handler has ended or the route has answered
   */
  readonly defer: (work: PromiseLike<unknown>) => void
}

/** What a handler gets. With a union of events, `payload` is narrowed by `event`. */
export type Delivery<TEvent extends WebhookEvent = WebhookEvent> = VerifiedDelivery<TEvent> & HandlingFields

/** What an adapter writes. */
export interface WebhookResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** As text; empty where a handler's own answer is none. */
  readonly body: string
  /** The body was not, or not wholly, read: the connection must be drained or closed. */
  readonly bodyUnread: boolean
  /**
   * Where the handler returned a web `Response`: all its headers, of which `set-cookie` may come several times, by lower-case
   * names, and its exact bytes. An adapter writes these in place of `headers` and `body`.
   */
  readonly own?: {
    readonly headers: readonly (readonly [name: string, value: string])[]
    readonly body: Uint8Array
  }
}

/**
 * How a delivery ended. `type` is a promise; so is the status that goes with it in `response`, unless the handler answered by a
 * `Response` of its own: then that is the `response`, a 2xx with `processed` or `accepted`, any other with `handler-failed`.
 */
export type Outcome<TEvent extends WebhookEvent = WebhookEvent> = {
  readonly response: WebhookResponse
} & (
  | { readonly type: 'processed'; readonly delivery: Delivery<TEvent>; readonly result: unknown }
  | { readonly type: 'accepted'; readonly delivery: Delivery<TEvent> }
  | {
      readonly type: 'ignored' | 'duplicate' | 'conflict' | 'held'
      readonly delivery: VerifiedDelivery<TEvent>
    }
  | {
      readonly type: 'in-progress'
      readonly delivery: VerifiedDelivery<TEvent>
      readonly retryAfterMs: number
    }
  | {
      readonly type: 'handler-failed' | 'failed-for-good'
      readonly delivery: VerifiedDelivery<TEvent>
      readonly error: WebhookError
    }
  | {
      readonly type: 'exhausted'
      readonly delivery: VerifiedDelivery<TEvent> | undefined
      readonly error: WebhookError | undefined
    }
  | { readonly type: 'refused' | 'unavailable' | 'misconfigured'; readonly error: WebhookError }
)

/** How a handler that an adapter ran itself has ended. */
export type HandlerEnd =
  | { readonly ok: true; readonly result?: unknown }
  | {
      readonly ok: false
      readonly error?: unknown
      /** The status that the user's code answered, where it answered: see `onTimeoutAnswer`. */
      readonly status?: number | undefined
    }

/** A delivery to be handled by someone who calls `settle` once, or a request that was answered already. */
export type Acceptance<TEvent extends WebhookEvent = WebhookEvent> =
  | {
      readonly accepted: true
      readonly delivery: Delivery<TEvent>
      /** Ends the claim and says what to answer. Never rejects; a second call gets the first one's outcome. */
      readonly settle: (end: HandlerEnd) => Promise<Outcome<TEvent>>
      /**
       * The last attempt before the sender would switch the endpoint off: a failure may have to be answered 2xx, so an
       * adapter settles first and sends the outcome's response instead of the failure's own.
       */
      readonly isLastAttempt: boolean
      /**
       * Whether the handler wrote its completion into a transaction or deferred work, so far. Then its 2xx is no success yet: an
       * adapter settles first, and sends the outcome's response instead where that is a failure.
       */
      readonly isCompletionDeferred: () => boolean
    }
  | { readonly accepted: false; readonly outcome: Outcome<TEvent> }

/**
 * The user's code for one delivery: to return completes it, to throw has the sender come again. A web `Response` that `receive`'s
 * handler returns is what to answer: 2xx completes, any other status has the sender come again.
 */
export type Handler<TEvent extends WebhookEvent = WebhookEvent> = (delivery: Delivery<TEvent>) => unknown

/** Receives the deliveries of one endpoint. */
export interface Receiver<TEvent extends WebhookEvent = WebhookEvent> {
  readonly endpoint: string | undefined
  readonly scheme: Scheme
  /**
   * Proves sender and time, and reads the payload; claims nothing.
   *
   * @throws WebhookVerificationError with the reason's code
   * @throws WebhookSecretError when the secret resolver fails
   */
  verify(request: WebhookRequest): Promise<VerifiedDelivery<TEvent>>
  /** Everything up to the handler, for adapters whose handler is the framework's own. Never throws for a bad delivery. */
  accept(request: WebhookRequest): Promise<Acceptance<TEvent>>
  /** Everything. Never throws for a bad delivery: the outcome says what happened, its `response` what to answer. */
  receive(request: WebhookRequest, handler: Handler<TEvent>): Promise<Outcome<TEvent>>
}
