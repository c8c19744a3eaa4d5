import type { DedupeStore, MaybePromise } from './dedupe/dedupe-store.js'
import type { WebhookError } from './errors.js'
import type { Scheme, Tolerance, WebhookEvent } from './schemes/scheme.js'
import type { StandardSchemaV1 } from './standard-schema.js'

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
}

/** HTTP Basic credentials. The user name must not hold a colon; the password may. */
export interface BasicCredentials {
  readonly username: string | undefined
  readonly password: string | undefined
}

/** One secret: text in the scheme's own notation, the key's bytes, or Basic credentials (`user:password` as text works too). */
export type SecretValue = string | Uint8Array | BasicCredentials

/** A secret with a name that the result reports, and the time after which it no longer proves anything. */
export interface LabelledSecret {
  readonly id: string
  readonly value: SecretValue | undefined
  readonly notAfter?: Date | number | string
}

/** One or several secrets. `undefined` is in the type so that `process.env.X` fits; it is refused at creation. */
export type SecretSet =
  | SecretValue
  | LabelledSecret
  | undefined
  | readonly (SecretValue | LabelledSecret | undefined)[]

/** What a resolver may answer; `undefined` is an unknown tenant, refused exactly like a wrong signature. */
export type ResolvedSecret = SecretSet | null | { readonly tenant: string; readonly secret: SecretSet }

/** Finds the secrets for one request, as for one tenant of many. The body is not read yet and nothing is verified. */
export type SecretResolver = (request: {
  readonly method: string
  readonly url: string
  /** The value of a header, or undefined where it is absent or was sent more than once. */
  readonly header: (name: string) => string | undefined
}) => MaybePromise<ResolvedSecret>

export type SecretInput = SecretSet | SecretResolver

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
  /** What deduplicates; bound to what was signed. Undefined where the sender gives nothing unique. */
  readonly idempotencyKey: string | undefined
  /** The sender's signed time, milliseconds since the epoch. */
  readonly timestamp: number | undefined
  /** The exact bytes that were verified. */
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
}

export type Delivery<TEvent extends WebhookEvent = WebhookEvent> = VerifiedDelivery<TEvent> & HandlingFields

/** What an adapter writes. */
export interface WebhookResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The body was not, or not wholly, read: the connection must be drained or closed. */
  readonly bodyUnread: boolean
}

/** How a delivery ended. `type` is a promise; so is the status that goes with it in `response`. */
export type Outcome<TEvent extends WebhookEvent = WebhookEvent> = {
  readonly response: WebhookResponse
} & (
  | { readonly type: 'processed'; readonly delivery: Delivery<TEvent>; readonly result: unknown }
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
  | { readonly ok: false; readonly error?: unknown }

/** A delivery to be handled by someone who calls `settle` once, or a request that was answered already. */
export type Acceptance<TEvent extends WebhookEvent = WebhookEvent> =
  | {
      readonly accepted: true
      readonly delivery: Delivery<TEvent>
      /** Ends the claim and says what to answer. Never rejects; a second call gets the first one's outcome. */
      readonly settle: (end: HandlerEnd) => Promise<Outcome<TEvent>>
      /**
       * What to answer in place of a failure, on the last attempt before the sender would switch the endpoint off:
       * for adapters that must fix the answer's status before they settle. Undefined on every other attempt.
       */
      readonly responseIfFailed: WebhookResponse | undefined
    }
  | { readonly accepted: false; readonly outcome: Outcome<TEvent> }

export type Handler<TEvent extends WebhookEvent = WebhookEvent> = (delivery: Delivery<TEvent>) => unknown

/** What a hook is told. Never a secret, a signature, a header's value or a body. */
export interface HookInfo {
  readonly scheme: string
  readonly endpoint: string | undefined
  readonly tenant: string | undefined
  readonly id: string | undefined
  readonly idempotencyKey: string | undefined
  readonly event: string | undefined
  readonly secretId: string | undefined
  readonly attempt: number | undefined
  /** An error's code, where there is one. */
  readonly code: WebhookError['code'] | undefined
  readonly error: WebhookError | undefined
  /** For a refusal: whether the sender's proof was right. */
  readonly authentic: boolean
  /** Milliseconds since the request was handed over. */
  readonly durationMs: number
}

/** Beside the names, what failed, so that it can be put aside. Not enumerable: a logged info holds no body. */
export interface FailureInfo extends HookInfo {
  /** Undefined where the body was authentic but could not be read as a payload. */
  readonly delivery: VerifiedDelivery | undefined
  readonly rawBody: Uint8Array
}

export type Hook = (info: HookInfo) => unknown
export type FailureHook = (info: FailureInfo) => unknown

/** Called as things happen. What they throw is reported as a warning and changes nothing. */
export interface ReceiverHooks {
  readonly onVerified?: Hook
  /** A request was refused. `authentic: true` with `ERR_WEBHOOK_TIMESTAMP_TOO_OLD` means a sender that reuses its first attempt's time, or a replay. */
  readonly onRejected?: Hook
  readonly onDuplicate?: Hook
  /** The id of a completed delivery came again with another body. */
  readonly onConflict?: Hook
  readonly onHandled?: Hook
  /** A handler failed, for now or (`ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD`) for good. */
  readonly onFailed?: FailureHook
  /** The last attempt before the sender would switch the endpoint off: answered 2xx, kept as failed. Awaited. */
  readonly onExhausted?: FailureHook
  readonly onStoreError?: Hook
}

/** Time and timers, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds from any start; never goes back. */
  monotonic(): number
  /** Calls back once after `ms`; the returned function cancels. A waiting timer must not keep the process alive. */
  setTimer(callback: () => void, ms: number): () => void
}

/** Options of `verify` and, among others, of `createReceiver`. */
export interface VerifyOptions<TEvent extends WebhookEvent = WebhookEvent> {
  readonly scheme: Scheme<TEvent>
  readonly secret: SecretInput
  /** Seconds a signed time may differ, both ways or each its own. Default: the scheme's. 0 is a value. */
  readonly toleranceSeconds?: number | Tolerance
  /** Milliseconds since the epoch; default `Date.now`. */
  readonly now?: () => number
  /** `false` leaves the payload unparsed: `payload` and what the body would tell (ids, event) are undefined. */
  readonly parse?: boolean
  /** Largest body in bytes. Default: the scheme's, else 1 MiB. */
  readonly maxBodyBytes?: number
  /** Milliseconds for the whole body to come. Default 10,000. */
  readonly bodyTimeoutMs?: number
  /** Milliseconds a secret resolver may take. Default 5,000. */
  readonly secretTimeoutMs?: number
}

/** Options of `createReceiver`. All times in milliseconds unless the name says otherwise. */
export interface ReceiverOptions<
  TEvent extends WebhookEvent = WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
> extends Omit<VerifyOptions<TEvent>, 'parse'>,
    ReceiverHooks {
  /** The receiver's name, part of every dedupe key. Required with a shared store; one name per store. */
  readonly endpoint?: string
  /** Default: a memory store of its own, which other processes do not see. */
  readonly store?: DedupeStore
  /** Checks the payload after verification (Standard Schema: zod, valibot, arktype); its output is the handler's payload. */
  readonly schema?: TSchema
  /** Only these events reach the handler; others are answered 2xx as `ignored`. */
  readonly events?: readonly string[]
  /** How long a claim lasts without renewal. Default 30,000; shorter than the sender's last retry. */
  readonly leaseMs?: number
  /** How long a running handler's lease is renewed at the most. Default 900,000. */
  readonly maxHandlerMs?: number
  /** How long a repetition is recognised. Default: the acceptance window and the sender's retries, at least 3 days. */
  readonly retentionMs?: number
  /** Milliseconds a store may take for one operation. Default 2,000. */
  readonly storeTimeoutMs?: number
  /** `hold`: an event whose handler was cut off is kept for the operator and never run by itself. Default `retry`. */
  readonly onExpiredLease?: 'retry' | 'hold'
  /** `run`: handle deliveries while the store is down, at the price of repetitions. Default `refuse` (503). */
  readonly onStoreDown?: 'refuse' | 'run'
  /** Answer to a copy of a delivery that is being handled. Default 503; 409 is final to senders that never retry a 4xx. */
  readonly inProgressStatus?: 503 | 409
  /** Answer to a completed id with other content. Default 200. */
  readonly conflictStatus?: 200 | 409
  /** Failed attempts at one event after which it is kept as failed and answered 2xx. Default: one fewer than the scheme's `disablesAfter`. */
  readonly exhaustAfter?: number | false
  /** Puts the error's code into the answer to a refused request. Default false: strangers learn nothing. */
  readonly exposeReason?: boolean
  /** Told of doubtful settings, once each. Default `console.warn`. */
  readonly onWarning?: (message: string) => void
  /** Time and timers, for tests. `now` overrides its `now`. */
  readonly clock?: Clock
}

/** The payload a schema lets through, in place of the scheme's own types. */
export type EventOf<TEvent extends WebhookEvent, TSchema> = TSchema extends StandardSchemaV1
  ? { readonly event: string | undefined; readonly payload: StandardSchemaV1.InferOutput<TSchema> }
  : TEvent

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
