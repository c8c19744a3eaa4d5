import type { MaybePromise } from '../promises/maybe-promise.js'

/**
 * The contract of a store that remembers deliveries. A record is `free`, `claimed`, `acked` (claimed, and the
 * sender was already answered 2xx), `completed`, `failed` or `held`.
 *
 * - Each operation is atomic.
 * - `claimed` ends with its lease. `completed`, `free` and unfinished `claimed` records are forgotten after their
 *   retention; `failed`, `held` and `acked` ones only by {@link DedupeStore.forget}: they are the operator's.
 * - A failure of the store rejects (with any error); it never answers "not a duplicate".
 */
export interface DedupeStore {
  /** What it is, for messages and hooks: `memory`, `redis`. */
  readonly name: string
  /** Whether other processes may use the same records. A receiver over a shared store needs an `endpoint`. */
  readonly shared: boolean

  /**
   * Takes the right to process one delivery.
   *
   * `claimed` when the key is free, or when its lease ended and it was not claimed with `hold`; a claim repeated
   * with the token that already owns it is `claimed` again. A live lease is `in-progress`, whatever the fingerprint.
   * A lease that ended on a claim with `hold` is `held`.
   *
   * The first claim counts as attempt 1. A later one adds one to the record's `attempts`, in whatever state that is,
   * unless it is repeated by its owner, meets a live lease, or is a copy: its `attemptedAt` is given and not later than
   * every one counted so far (`countAttempt` of `@countersign/core/stores` is this rule).
   *
   * That count is what `failFromAttempts` goes by. How often the handler ran, and how many copies came beside that, is
   * counted apart, for the operator: see `DeliveryRecord`.
   */
  claim(request: ClaimRequest): MaybePromise<ClaimResult>

  /** Moves the lease's end to `leaseMs` from now; never the retention. False when the token does not own a claim. */
  extend(request: OwnedKey & { readonly leaseMs: number }): MaybePromise<boolean>

  /** Marks a claim as answered 2xx with the work still to be done. False when the token does not own a claim. */
  acknowledge(request: OwnedKey): MaybePromise<boolean>

  /**
   * Success. The lease's end does not matter, and neither does `held`; repeating it is harmless. Where the record
   * is free or gone it is written as completed. False, and nothing changed, where another token owns the record
   * or the record already failed.
   */
  complete(request: CompleteRequest): MaybePromise<boolean>

  /**
   * Failure that a retry may mend: `released`, with the attempts kept. A claim that was acked, or whose attempts
   * reached `failFromAttempts`, becomes `failed` instead, since the sender will not come again. `lost` where the
   * token does not own a claimed or held record.
   */
  release(request: ReleaseRequest): MaybePromise<ReleaseResult>

  /** Failure for good: kept for the operator. False where the token does not own a claimed, acked or held record. */
  fail(request: FailRequest): MaybePromise<boolean>

  /** Makes the key free as if it had never been seen; a live claim only with `force`. False where it was not forgotten. */
  forget(request: { readonly key: string; readonly force?: boolean }): MaybePromise<boolean>

  /** Ends what the store itself started. The client it was given stays open. Closing twice is harmless. */
  close?(): MaybePromise<void>
}

/** A key and the token of the one who claimed it. */
export interface OwnedKey {
  readonly key: string
  /** Random, made for one claim. */
  readonly token: string
}

/** What a claim asks for. */
export interface ClaimRequest extends OwnedKey {
  /** Digest of the body, to tell a repetition from other content under the same id. */
  readonly fingerprint: string
  /** Milliseconds until the claim ends by itself unless it is extended. */
  readonly leaseMs: number
  /** Milliseconds for which the record is remembered at the most while it is neither completed, failed nor held. */
  readonly retentionMs: number
  /** An ended lease is held for the operator instead of being open to the next claim. */
  readonly hold: boolean
  /**
   * When the sender signed this attempt, in milliseconds since the epoch: a finite number, the same for all copies of the
   * attempt. Undefined where no time is signed; every claim that meets no live lease is then an attempt.
   */
  readonly attemptedAt?: number | undefined
  /** The event's name, for the operator: any text; the receiver gives 200 characters at the most. `''` is none. */
  readonly event?: string | undefined
}

/** The record's state for the one who asked; `attempts` are those counted so far, this one included where it counts. */
export type ClaimResult =
  | { readonly state: 'claimed'; readonly attempts: number }
  | { readonly state: 'in-progress'; readonly attempts: number; readonly retryAfterMs: number }
  | { readonly state: 'completed'; readonly attempts: number; readonly sameFingerprint: boolean }
  | { readonly state: 'failed'; readonly attempts: number }
  | { readonly state: 'held'; readonly attempts: number }

/** A failure for good. */
export interface FailRequest extends OwnedKey {
  /** Why, for the operator: an error code, as `ERR_WEBHOOK_HANDLER_FAILED`. `''` is none. */
  readonly code?: string | undefined
}

/** A failure after which a retry may run. */
export interface ReleaseRequest extends FailRequest {
  /** From so many attempts on, as {@link DedupeStore.claim} counts them, the record becomes `failed` instead. */
  readonly failFromAttempts?: number
}

/** What a completion leaves behind. */
export interface CompleteRequest extends OwnedKey {
  readonly fingerprint: string
  /** Milliseconds for which a repetition must be recognised. */
  readonly retentionMs: number
  /** Milliseconds for which not even a full store may evict the record: the time in which a replay would be accepted. */
  readonly acceptanceMs: number
}

/** See {@link DedupeStore.release}. */
export type ReleaseResult = 'released' | 'failed' | 'lost'
