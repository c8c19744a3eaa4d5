import type { DedupeStore } from './dedupe/dedupe-store.js'
import type { WebhookError } from './errors.js'
import type { Logger } from './log/logger.js'
import type { EventName } from './schemes/event-types.js'
import type { Scheme, Tolerance, WebhookEvent } from './schemes/scheme.js'
import type { SecretInput } from './secrets/secret-input.js'
import type { StandardSchemaV1 } from './standard-schema.js'
import type { VerifiedDelivery } from './types.js'

/** What a hook gets. Never a secret, a signature, a header's value or a body. */
export interface HookInfo {
  readonly scheme: string
  readonly endpoint: string | undefined
  readonly method: string
  /** The request's path as it came, without the query, in which tokens are sent. */
  readonly path: string
  /** The host's id of this request, where it has one: Fastify's `request.id`, Lambda's `awsRequestId`. */
  readonly requestId: string | undefined
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

/** Told of what happened; it changes nothing. */
export type Hook = (info: HookInfo) => unknown
/** A hook that also gets what failed. */
export type FailureHook = (info: FailureInfo) => unknown

/**
 * Called as things happen. What they throw is reported as a warning and changes nothing.
 *
 * Without the hook, `logger` gets one line for `onFailed`, `onStoreError`, `onExhausted`, `onHeld`, `onConflict` and `onRejected`. A
 * hook takes the place of its line.
 */
export interface ReceiverHooks {
  /** Sender, time and payload are in order; the handler has not run yet. */
  readonly onVerified?: Hook
  /** A request was refused; see `logRefusals` for the lines without this hook. `authentic: true` with `ERR_WEBHOOK_TIMESTAMP_TOO_OLD` means a sender that reuses its first attempt's time, or a replay. */
  readonly onRejected?: Hook
  /** An event that is completed, or failed for good, came again. */
  readonly onDuplicate?: Hook
  /** A verified delivery whose event is not in `events`. It is answered 2xx and not handled. */
  readonly onIgnored?: Hook
  /** The id of a completed delivery came again with another body. */
  readonly onConflict?: Hook
  /** The handler succeeded. */
  readonly onHandled?: Hook
  /** A delivery of an event that is kept for the operator since its handler was cut off (`onExpiredLease: 'hold'`). It is answered 503. */
  readonly onHeld?: Hook
  /** A handler failed, for now or (`ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD`) for good, or had not ended after `maxHandlerMs`. */
  readonly onFailed?: FailureHook
  /** The last attempt before the sender would switch the endpoint off: answered 2xx, kept as failed. Awaited, for 5 seconds at the most. */
  readonly onExhausted?: FailureHook
  /** The dedupe store failed, or a lease was lost. */
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
  /** How the sender signs, and what its events are: `stripe()`, `github()` or another of `@countersign/core/schemes`, called. */
  readonly scheme: Scheme<TEvent>
  /** What the sender signs with: one secret, a list of at most 16 while they rotate, or a function that finds them for a request. A missing, blank or placeholder one throws `ERR_WEBHOOK_SECRET_INVALID`. */
  readonly secret: SecretInput
  /** Seconds a signed time may differ, both ways or each its own. Default: the scheme's. 0 is a value. */
  readonly toleranceSeconds?: number | Tolerance
  /** The time in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  /** `false` leaves the payload unparsed: `payload` and what the body would tell (ids, event) are undefined. Default true. */
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
  /** The receiver's name, part of every dedupe key. Required with a shared store; one name per store. Default: none. */
  readonly endpoint?: string
  /** Where deliveries are remembered. Default: a memory store of its own, which other processes do not see. */
  readonly store?: DedupeStore
  /** Checks the payload after verification (Standard Schema: zod, valibot, arktype); its output is the handler's payload. Default: none. */
  readonly schema?: TSchema
  /** Only these events reach the handler; others are answered 2xx as `ignored`. Default: all. */
  readonly events?: readonly EventName<TEvent>[]
  /**
   * Largest sum in bytes of all bodies that are coming and not verified yet, over all requests of this receiver; beyond it
   * requests are answered 503. At least `maxBodyBytes`. Default: 64 MiB, or twice `maxBodyBytes` where that is more.
   */
  readonly maxPendingBytes?: number
  /** How long a claim lasts without renewal; shorter than the sender's last retry, at most 2,147,483,647. Default 30,000. */
  readonly leaseMs?: number
  /**
   * How long a running handler keeps its claim at the most. Default 900,000, or less where the sender's last attempt comes
   * sooner: Slack's, after 300,000, finds the claim ended at 270,000. Then `onFailed` is called with
   * `ERR_WEBHOOK_HANDLER_TIMEOUT`, `delivery.signal` is aborted, and the sender's next attempt runs, beside a handler that
   * still does.
   */
  readonly maxHandlerMs?: number
  /** How long a repetition is recognised. Default: the acceptance window and the sender's retries, at least 3 days. */
  readonly retentionMs?: number
  /** Milliseconds a store may take for one operation. Default 2,000. */
  readonly storeTimeoutMs?: number
  /** `hold`: an event whose handler was cut off is kept for the operator and never run by itself. Default `retry`. */
  readonly onExpiredLease?: 'retry' | 'hold'
  /**
   * What an answer of 408, 503 or 504 by your route does to the claim. A time-out inside the route (connect-timeout, Nest's interceptors,
   * Hono's `timeout()`) answers so while the code still runs, which nobody sees from outside. `keep-lease`: renewal stops, and the next attempt
   * runs once the lease has ended. Default `release`: it runs at once, perhaps beside the code that was given up.
   */
  readonly onTimeoutAnswer?: 'release' | 'keep-lease'
  /** `run`: handle deliveries while the store is down, at the price of repetitions. Default `refuse` (503). */
  readonly onStoreDown?: 'refuse' | 'run'
  /** Answer to a copy of a delivery that is being handled; 409 is final to senders that never retry a 4xx. Default 503. */
  readonly inProgressStatus?: 503 | 409
  /** Answer to a completed id with other content. Default 200. */
  readonly conflictStatus?: 200 | 409
  /** Failed attempts at one event after which it is kept as failed and answered 2xx. Default: one fewer than the scheme's `disablesAfter`. */
  readonly exhaustAfter?: number | false
  /** Puts the error's code into the answer to a refused request. Default false: strangers learn nothing. */
  readonly exposeReason?: boolean
  /**
   * Writes to the log why `receive` or `accept` refused a delivery and what to change, while you develop. It works where `NODE_ENV`
   * is exactly `development` when the receiver is created; elsewhere a warning says that it is off. It needs
   * the package `@countersign/diagnosis`, which searches for the reason once the answer has left: one delivery at a
   * time, for 250 ms (twice that for the first). The lines go to `logger`, or `onWarning`, never into the answer; they hold no secret, signature or body. Default false.
   */
  readonly explain?: boolean
  /**
   * Where failures, refusals and warnings are written for which no hook is set: `console`, a pino or winston logger, NestJS's, or
   * whatever else has `error` and `warn`. Loggers that keep fields get those of the hooks' info beside the line. Nothing waits for it,
   * and what it throws is written to `console`. `false` writes nothing. Default: the host's logger for the request (Fastify's
   * `request.log`), else `console`.
   */
  readonly logger?: Logger | false
  /**
   * `each`: a line for each refused request, at most 20 a second of each code. `count`: the first of each code in a minute, and at the
   * minute's end how many came after it. `false`: none. Default: `each` where `NODE_ENV` is `development`, else `count`.
   */
  readonly logRefusals?: 'each' | 'count' | false
  /** Gets warnings of doubtful settings, once each, and with `explain` each diagnosis. Default: `logger.warn`. */
  readonly onWarning?: (message: string) => void
  /** Time and timers, for tests. `now` overrides its `now`. Default: the system's. */
  readonly clock?: Clock
}

/** The payload a schema lets through, in place of the scheme's own types. */
// Without `strict`, undefined extends everything: it is asked for first.
export type EventOf<TEvent extends WebhookEvent, TSchema> = TSchema extends undefined
  ? TEvent
  : TSchema extends StandardSchemaV1
    ? { readonly event: string | undefined; readonly payload: StandardSchemaV1.InferOutput<TSchema> }
    : TEvent
