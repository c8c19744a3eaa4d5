import type { WebhookError } from './errors.js'
import type { Logger } from './log/logger.js'
import type { EventName } from './schemes/event-types.js'
import type { Scheme, Tolerance, WebhookEvent } from './schemes/scheme-descriptor.js'
import type { SecretInput } from './secrets/secret-input.js'
import type { StandardSchemaV1 } from './standard-schema.js'
import type { DedupeStore } from './stores/dedupe-store.js'
import type { VerifiedDelivery } from './types.js'

/** The argument of a hook. It never contains a secret, a signature, a header value or a body. */
export interface HookInfo {
  /** The scheme's name. */
  readonly scheme: string
  /** The receiver's `endpoint` option. */
  readonly endpoint: string | undefined
  readonly method: string
  /** The request's path, without the query: some senders put tokens in it. */
  readonly path: string
  /** The host's id of this request, if it has one: Fastify's `request.id`, Lambda's `awsRequestId`. */
  readonly requestId: string | undefined
  readonly tenant: string | undefined
  readonly id: string | undefined
  readonly idempotencyKey: string | undefined
  readonly event: string | undefined
  readonly secretId: string | undefined
  readonly attempt: number | undefined
  /** The error's code, if there is an error. */
  readonly code: WebhookError['code'] | undefined
  readonly error: WebhookError | undefined
  /** For a refusal: whether the sender's proof was valid. */
  readonly authentic: boolean
  /** Milliseconds since the receiver was called. */
  readonly durationMs: number
}

/** A hook's info with the failed delivery, so that it can be stored. Both fields are not enumerable: logging the info does not log the body. */
export interface FailureInfo extends HookInfo {
  /** Undefined if the body was authentic but could not be parsed. */
  readonly delivery: VerifiedDelivery | undefined
  readonly rawBody: Uint8Array
}

/** Is notified of what happened; its result changes nothing. */
export type Hook = (info: HookInfo) => unknown
/** A hook that also receives the failed delivery. */
export type FailureHook = (info: FailureInfo) => unknown

/**
 * Functions that are notified of what happens. If one throws, a warning is logged and nothing else changes.
 *
 * Without a hook, `logger` gets one line for `onFailed`, `onStoreError`, `onExhausted`, `onHeld`, `onConflict` and `onRejected`. A
 * hook replaces its line.
 */
export interface ReceiverHooks {
  /** Sender, timestamp and payload are valid; the handler has not run yet. */
  readonly onVerified?: Hook
  /** A request was refused; see `logRefusals` for the log lines without this hook. `authentic: true` with `ERR_WEBHOOK_TIMESTAMP_TOO_OLD` means that the sender reuses the timestamp of its first attempt, or a replay. */
  readonly onRejected?: Hook
  /** A delivery of an event that is already completed, or failed permanently. */
  readonly onDuplicate?: Hook
  /** A verified delivery whose event is not in `events`. The response is 2xx and the handler does not run. */
  readonly onIgnored?: Hook
  /** The id of a completed delivery arrived again with a different body. */
  readonly onConflict?: Hook
  /** The handler succeeded. */
  readonly onHandled?: Hook
  /** A delivery of an event that is held for the operator because its handler was cut off (`onExpiredLease: 'hold'`). The response is 503. */
  readonly onHeld?: Hook
  /** A handler failed, temporarily or permanently (`ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD`), or ran longer than `maxHandlerMs`. */
  readonly onFailed?: FailureHook
  /** The last attempt before the sender disables the endpoint failed: the response is 2xx and the event is kept as failed. Awaited for at most 5 seconds. */
  readonly onExhausted?: FailureHook
  /** The dedupe store failed, or a lease was lost. */
  readonly onStoreError?: Hook
}

/** Time and timers, replaceable in tests. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds from an arbitrary start; never decreases. */
  monotonic(): number
  /** Calls `callback` once after `ms`; the returned function cancels it. A pending timer must not keep the process alive. */
  setTimer(callback: () => void, ms: number): () => void
}

/** Options of `verify`, most of which `createReceiver` takes too. */
export interface VerifyOptions<TEvent extends WebhookEvent = WebhookEvent> {
  /** How the sender signs and what its events are: `stripe()`, `github()` or another scheme of `@countersign/core/schemes`. */
  readonly scheme: Scheme<TEvent>
  /** The signing secret: one, a list of at most 16 during rotation, or a function that finds them for each request. A missing, blank or placeholder secret throws `ERR_WEBHOOK_SECRET_INVALID`. */
  readonly secret: SecretInput
  /** Seconds that a signed timestamp may differ from now: one number for both directions, or `{ past, future }`. Default: the scheme's. 0 is allowed. */
  readonly toleranceSeconds?: number | Tolerance
  /** Returns the current time in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  /** `false` skips parsing: `payload` and everything read from the body (ids, event) are undefined. Default true. */
  readonly parse?: boolean
  /** Largest body in bytes. Default: the scheme's, else 1 MiB. */
  readonly maxBodyBytes?: number
  /** Milliseconds until the whole body must have arrived. Default 10,000. */
  readonly bodyTimeoutMs?: number
  /** Milliseconds that a secret resolver may take. Default 5,000. */
  readonly secretTimeoutMs?: number
}

/** Options of `createReceiver`. All times in milliseconds unless the name says otherwise. */
export interface ReceiverOptions<
  TEvent extends WebhookEvent = WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
> extends Omit<VerifyOptions<TEvent>, 'parse'>,
    ReceiverHooks {
  /** The receiver's name, part of every dedupe key. Required with a shared store, and unique within the store. Default: none. */
  readonly endpoint?: string
  /** Where deliveries are remembered. Default: a memory store for this receiver, which other processes do not share. */
  readonly store?: DedupeStore
  /** Validates the payload after verification (Standard Schema: zod, valibot, arktype); its output is the handler's payload. Default: none. */
  readonly schema?: TSchema
  /** Only these events reach the handler; others get a 2xx response and the outcome `ignored`. Default: all. */
  readonly events?: readonly EventName<TEvent>[]
  /**
   * Largest total in bytes of all bodies that are being read and not verified yet, over all requests of this receiver; beyond it
   * the response is 503. At least `maxBodyBytes`. Default: 64 MiB, or twice `maxBodyBytes` if that is more.
   */
  readonly maxPendingBytes?: number
  /** How long a claim lasts without renewal; less than the time to the sender's last retry, and at most 2,147,483,647. Default 30,000. */
  readonly leaseMs?: number
  /**
   * The longest time for which a running handler keeps its claim. Default 900,000, or less if the sender's last attempt comes
   * sooner: for Slack, whose last attempt comes after 300,000, it is 270,000. After that, `onFailed` is called with
   * `ERR_WEBHOOK_HANDLER_TIMEOUT`, `delivery.signal` is aborted, and the sender's next attempt runs, possibly while the handler
   * still does.
   */
  readonly maxHandlerMs?: number
  /** How long a repeated delivery is recognised. Default: the acceptance window plus the sender's retries, at least 3 days. */
  readonly retentionMs?: number
  /** Milliseconds that a store operation may take. Default 2,000. */
  readonly storeTimeoutMs?: number
  /** `hold`: an event whose handler was cut off is held for the operator and does not run again automatically. Default `retry`. */
  readonly onExpiredLease?: 'retry' | 'hold'
  /**
   * What a response of 408, 503 or 504 by your route does to the claim. A timeout inside the route (connect-timeout, Nest's interceptors,
   * Hono's `timeout()`) responds this way while the code still runs, which a receiver cannot see. `keep-lease`: renewal stops, and the next
   * attempt runs once the lease has ended. Default `release`: the next attempt runs immediately, possibly while the code still does.
   */
  readonly onTimeoutAnswer?: 'release' | 'keep-lease'
  /** `run`: handle deliveries while the store is down, without deduplication. Default `refuse` (503). */
  readonly onStoreDown?: 'refuse' | 'run'
  /** Status of the response to a copy of a delivery that is being handled. Senders that do not retry a 4xx treat 409 as final. Default 503. */
  readonly inProgressStatus?: 503 | 409
  /** Status of the response to a completed id with different content. Default 200. */
  readonly conflictStatus?: 200 | 409
  /** Number of failed attempts after which an event is kept as failed and the response is 2xx. Default: one fewer than the scheme's `disablesAfter`. */
  readonly exhaustAfter?: number | false
  /** Includes the error code in the response to a refused request. Default false: an attacker learns nothing from the response. */
  readonly exposeReason?: boolean
  /**
   * Logs why `receive` or `accept` refused a delivery and what to change, during development. It works if `NODE_ENV`
   * is exactly `development` when the receiver is created; otherwise a warning is logged that it is off. It needs
   * the package `@countersign/diagnosis`, which searches for the cause after the response is sent: one delivery at a
   * time, for 250 ms (500 ms for the first). The lines go to `logger` or `onWarning`, never into the response; they contain no secret, signature or body. Default false.
   */
  readonly explain?: boolean
  /**
   * Where failures, refusals and warnings without a hook are logged: `console`, a pino, winston or NestJS logger, or any object
   * with `error` and `warn`. Structured loggers also get the fields of the hook's info. The receiver does not wait for it; if it
   * throws, the line goes to `console`. `false` logs nothing. Default: the host's logger for the request (Fastify's
   * `request.log`), else `console`.
   */
  readonly logger?: Logger | false
  /**
   * `each`: one line for each refused request, at most 20 per second for each code. `count`: one line for the first of each code in a
   * minute, and at the end of the minute the number of further ones. `false`: none. Default: `each` if `NODE_ENV` is `development`, else `count`.
   */
  readonly logRefusals?: 'each' | 'count' | false
  /** Receives warnings about doubtful settings, once each, and every diagnosis of `explain`. Default: `logger.warn`. */
  readonly onWarning?: (message: string) => void
  /** Time and timers, for tests. `now` overrides its `now`. Default: the system's. */
  readonly clock?: Clock
}

/** The event type of a receiver: the schema's output as payload if there is a schema, else the scheme's own types. */
// Without `strict`, undefined extends everything, so it is checked first.
export type EventOf<TEvent extends WebhookEvent, TSchema> = TSchema extends undefined
  ? TEvent
  : TSchema extends StandardSchemaV1
    ? { readonly event: string | undefined; readonly payload: StandardSchemaV1.InferOutput<TSchema> }
    : TEvent
