import type { WebhookError } from './errors.js'
import type { Logger } from './log/logger.js'
import type { MaybePromise } from './promises/maybe-promise.js'
import type { Scheme, WebhookEvent } from './schemes/scheme-descriptor.js'

/** Request headers: a `Headers` object, another iterable of name and value pairs (Node's `rawHeaders`, paired), or a record as in Node's `request.headers`. */
export type HeadersInput =
  | Iterable<readonly [name: string, value: string]>
  | { readonly [name: string]: string | readonly string[] | undefined }

/** Limits for reading a body. */
export interface BodyLimits {
  /** Stop with `ERR_WEBHOOK_BODY_TOO_LARGE` as soon as more bytes than this have come. */
  readonly maxBodyBytes: number
  /** Stop with `ERR_WEBHOOK_BODY_TIMEOUT` when the whole body has not come after this many milliseconds. */
  readonly bodyTimeoutMs: number
  /** Ask this before buffering bytes. Undefined where there is no shared limit, as in `verify`. */
  readonly budget?: BodyBudget | undefined
  /** The bytes that `Content-Length` announces, at most `maxBodyBytes`; undefined if it is absent. */
  readonly announcedLength?: number | undefined
}

/** Limits the bytes that all unverified bodies of a receiver hold together (`maxPendingBytes`). */
export interface BodyBudget {
  /**
   * Reserves this many more bytes for the body. The receiver releases them when the body is verified or refused.
   *
   * @throws WebhookVerificationError `ERR_WEBHOOK_BODIES_PENDING`: stop reading and rethrow this error
   */
  take(bytes: number): void
}

/** Reads the raw body within limits. It is called only after every check that needs headers alone has passed. */
export type ReadBody = (limits: BodyLimits) => Promise<Uint8Array>

/** A request as an adapter passes it to a receiver. */
export interface WebhookRequest {
  /** The HTTP method, upper-case: `POST`. */
  readonly method: string
  /** The request target as received: a path with its query, or an absolute URL. */
  readonly url: string
  /** All headers as received, repeated ones included: a repeated signature header must be visible to be refused. */
  readonly headers: HeadersInput
  /** The exact bytes received, or a function that reads them. Never a parsed or re-serialised body. */
  readonly body: Uint8Array | ReadBody
  /**
   * The platform's own object for this request. Once a receiver has accepted it, every other receiver refuses it with
   * `ERR_WEBHOOK_VERIFIED_TWICE`. Leave it out if one object may represent several requests.
   */
  readonly source?: object
  /** The platform's id of this request, for logs and hooks only. */
  readonly requestId?: string | undefined
  /** The platform's logger for this request. The receiver's option `logger` takes precedence. */
  readonly logger?: Logger | undefined
  /** Keeps the platform running until the promise settles, where it would otherwise stop after the response. The promise never rejects. */
  readonly waitUntil?: (work: Promise<unknown>) => unknown
}

declare const verified: unique symbol

/** The fields of every delivery, whatever its event. */
export interface DeliveryFields {
  /** A type-only brand: only signature verification creates a delivery. */
  readonly [verified]: true
  /** The scheme's name. */
  readonly scheme: string
  /** The receiver's `endpoint` option, if set. */
  readonly endpoint: string | undefined
  /** The tenant that the secret resolver returned. */
  readonly tenant: string | undefined
  /** The sender's id of the delivery: the same across its retries. */
  readonly id: string | undefined
  /**
   * The key for deduplication, derived from signed content. If the sender sends no unique id, it is derived from the whole signed
   * content when a timestamp is signed (valid while that timestamp is accepted), and undefined otherwise. After `verify`, a key with
   * a digest is made when it is first read: read it before you change or reuse the memory of `rawBody`.
   */
  readonly idempotencyKey: string | undefined
  /** The signed timestamp, in milliseconds since the epoch. */
  readonly timestamp: number | undefined
  /** The exact bytes that were verified. If the sender signs before compressing, these are the decompressed bytes. */
  readonly rawBody: Uint8Array
  /** The id of the secret that matched, or the index of an unlabelled one: `'0'` is the first. */
  readonly secretId: string
  /** Unsigned header values that the scheme lists, such as Shopify's `shop`. */
  readonly attributes: Readonly<Record<string, string>>
}

/** A delivery whose sender and timestamp are verified. In a union of events, `event` narrows `payload`. */
export type VerifiedDelivery<TEvent extends WebhookEvent = WebhookEvent> = TEvent & DeliveryFields

/** The fields that a delivery has only while its handler runs. */
export interface HandlingFields {
  /** The number of attempts at this event, including this one. 1 if nothing identifies the event. */
  readonly attempt: number
  /** Aborted only when the lease is lost: from then on another attempt may run concurrently. */
  readonly signal: AbortSignal
  /** When the sender stops waiting for the response, in milliseconds since the epoch; undefined if it does not document a limit. */
  readonly deadline: number | undefined
  /**
   * Writes the completion in the handler's own database transaction, so that effect and completion commit or roll back
   * together. From then on the transaction decides: if the handler succeeds but the transaction is not committed, the response
   * is 5xx and the sender retries. Synchronous if the database client is (SQLite). Call it last, before the commit.
   *
   * @param transaction what the store takes: see its `completeIn`
   * @throws WebhookHandlerError `ERR_WEBHOOK_LEASE_LOST` if another attempt owns the event: roll back;
   * `ERR_WEBHOOK_NOT_CLAIMED` if nothing identifies the event
   * @throws WebhookConfigurationError `ERR_WEBHOOK_STORE_NOT_TRANSACTIONAL`, or if the argument is not a transaction of the store
   * @throws DedupeStoreError if the store fails
   */
  readonly completeIn: (transaction: unknown) => MaybePromise<void>
  /**
   * Continues work after the handler has returned and the sender has received a 2xx. The claim is first marked as acknowledged,
   * its lease is renewed while the work runs, and it is completed at the end. If the work fails, the event is kept as failed and
   * `onFailed` is called. If the process dies, the event is listed as orphaned: the sender does not retry. Put work that must
   * not be lost into a durable queue before the handler returns.
   *
   * @throws WebhookHandlerError `ERR_WEBHOOK_DEFERRED_TOO_LATE` once the handler has returned or the route has responded
   */
  readonly defer: (work: PromiseLike<unknown>) => void
}

/** The argument of a handler. In a union of events, `event` narrows `payload`. */
export type Delivery<TEvent extends WebhookEvent = WebhookEvent> = VerifiedDelivery<TEvent> & HandlingFields

/** The HTTP response that an adapter writes. */
export interface WebhookResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** As text; empty if the handler's own response is not UTF-8. */
  readonly body: string
  /** The request body was not read to its end: drain the connection or close it. */
  readonly bodyUnread: boolean
  /**
   * Set if the handler returned a web `Response`: its headers by lower-case name (`set-cookie` may repeat) and its exact bytes.
   * An adapter writes these instead of `headers` and `body`.
   */
  readonly own?: {
    readonly headers: readonly (readonly [name: string, value: string])[]
    readonly body: Uint8Array
  }
}

/**
 * The result of a delivery. Each `type` has a fixed status in `response` (docs/outcomes.md), unless the handler returned a
 * `Response`: then that is the `response`, with a 2xx for `processed` or `accepted` and any other status for `handler-failed`.
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

/** The result of a handler that an adapter ran itself: the argument of `settle`. */
export type HandlerEnd =
  | { readonly ok: true; readonly result?: unknown }
  | {
      readonly ok: false
      readonly error?: unknown
      /** The status that the route responded with, if it did: see `onTimeoutAnswer`. */
      readonly status?: number | undefined
    }

/** A delivery to handle, followed by one call of `settle`. */
export interface AcceptedDelivery<TEvent extends WebhookEvent = WebhookEvent> {
  readonly accepted: true
  readonly delivery: Delivery<TEvent>
  /** Settles the claim and returns the outcome to respond with. Never rejects; later calls return the first outcome. */
  readonly settle: (end: HandlerEnd) => MaybePromise<Outcome<TEvent>>
  /**
   * This is the last attempt before the sender disables the endpoint. A failure may need a 2xx response, so an adapter
   * settles first and sends the outcome's response instead of the route's.
   */
  readonly isLastAttempt: boolean
  /**
   * Whether the handler has so far called `completeIn` or `defer`. Then its 2xx is not a success yet: an adapter settles first,
   * and sends the outcome's response if that is a failure.
   */
  readonly isCompletionDeferred: () => boolean
}

/** Either a delivery to handle, or the outcome of a request that must not be handled. */
export type Acceptance<TEvent extends WebhookEvent = WebhookEvent> =
  | AcceptedDelivery<TEvent>
  | { readonly accepted: false; readonly outcome: Outcome<TEvent> }

/**
 * The application's code for one delivery: returning completes it, throwing makes the sender retry. If it returns a web
 * `Response` to `receive`, that is the response: 2xx completes, any other status makes the sender retry.
 */
export type Handler<TEvent extends WebhookEvent = WebhookEvent> = (delivery: Delivery<TEvent>) => unknown

/** Receives the deliveries of one endpoint. Created by `createReceiver`. */
export interface Receiver<TEvent extends WebhookEvent = WebhookEvent> {
  readonly endpoint: string | undefined
  readonly scheme: Scheme
  /**
   * Verifies sender and timestamp and parses the payload. It does not deduplicate.
   *
   * @throws WebhookVerificationError with the reason's code
   * @throws WebhookSecretError when the secret resolver fails
   */
  verify(request: WebhookRequest): Promise<VerifiedDelivery<TEvent>>
  /** Everything up to the handler, for adapters where the framework's route is the handler. Never rejects for a bad delivery. */
  accept(request: WebhookRequest): Promise<Acceptance<TEvent>>
  /** Verifies, deduplicates, runs the handler and settles. Never rejects for a bad delivery: the outcome has the `type` and the `response`. */
  receive(request: WebhookRequest, handler: Handler<TEvent>): Promise<Outcome<TEvent>>
}
