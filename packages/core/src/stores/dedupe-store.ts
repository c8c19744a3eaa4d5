import type { MaybePromise } from '../promises/maybe-promise.js'

/**
 * The contract of a store that remembers deliveries. A record is `free`, `claimed`, `acked` (claimed, and the
 * sender already got a 2xx), `completed`, `failed` or `held`.
 *
 * - Each operation is atomic.
 * - `claimed` ends with its lease. `completed`, `free` and unfinished `claimed` records are forgotten after their
 *   retention; `failed`, `held` and `acked` ones only by {@link DedupeStore.forget}: an operator must look at them.
 * - A failure of the store throws or rejects, with any error; it never means "not a duplicate".
 */
export interface DedupeStore {
  /** The kind of store, for messages and hooks: `memory`, `redis`. */
  readonly name: string
  /** Whether other processes may use the same records. A receiver with a shared store needs an `endpoint`. */
  readonly shared: boolean

  /**
   * Claims the right to process one delivery.
   *
   * Returns `claimed` if the key is free, or if its lease has ended and it was not claimed with `hold`; a claim repeated
   * with the token that already owns it is `claimed` again. A live lease returns `in-progress`, regardless of the fingerprint.
   * An ended lease on a claim with `hold` returns `held`.
   *
   * The first claim counts as attempt 1. Each later claim adds one to the record's `attempts`, in any state, unless it
   * repeats its owner's claim, meets a live lease, or is a copy: its `attemptedAt` is defined and not later than the
   * latest one counted so far (`countAttempt` of `@countersign/core/stores` implements this rule).
   *
   * `failFromAttempts` is compared with this count. The numbers of handler runs and of copies are counted separately
   * for the operator: see `DeliveryRecord`.
   */
  claim(request: ClaimRequest): MaybePromise<ClaimResult>

  /** Moves the end of the lease to `leaseMs` from now; the retention does not change. False if the token does not own a claim. */
  extend(request: OwnedKey & { readonly leaseMs: number }): MaybePromise<boolean>

  /** Marks a claim as answered with a 2xx while its work still runs. False if the token does not own a claim. */
  acknowledge(request: OwnedKey): MaybePromise<boolean>

  /**
   * Records a success, also if the lease has ended or the record is held; repeating it is harmless. A record that is free
   * or gone is written as completed. Returns false and changes nothing if another token owns the record or it already failed.
   */
  complete(request: CompleteRequest): MaybePromise<boolean>

  /**
   * Records a failure that a retry may fix: returns `released` and keeps the attempts. A claim that was acked, or whose
   * attempts have reached `failFromAttempts`, becomes `failed` instead, since the sender will not retry. Returns `lost` if
   * the token does not own a claimed or held record.
   */
  release(request: ReleaseRequest): MaybePromise<ReleaseResult>

  /** Records a permanent failure, kept for the operator. False if the token does not own a claimed, acked or held record. */
  fail(request: FailRequest): MaybePromise<boolean>

  /** Deletes the record, as if the key had never been seen; a live claim only with `force`. False if nothing was deleted. */
  forget(request: { readonly key: string; readonly force?: boolean }): MaybePromise<boolean>

  /** Stops what the store itself started. A client that was passed to it stays open. Closing twice is harmless. */
  close?(): MaybePromise<void>
}

/** A key and the token of its owner. */
export interface OwnedKey {
  readonly key: string
  /** Random, created for one claim. */
  readonly token: string
}

/** The argument of {@link DedupeStore.claim}. */
export interface ClaimRequest extends OwnedKey {
  /** Digest of the body, to distinguish a repetition from different content under the same id. */
  readonly fingerprint: string
  /** Milliseconds until the claim ends unless it is extended. */
  readonly leaseMs: number
  /** Longest time in milliseconds for which the record is kept while it is neither completed, failed nor held. */
  readonly retentionMs: number
  /** Whether an ended lease is held for the operator instead of being open to the next claim. */
  readonly hold: boolean
  /**
   * When the sender signed this attempt, in milliseconds since the epoch: a finite number, the same for all copies of the
   * attempt. Undefined if no timestamp is signed; then every claim that meets no live lease counts as an attempt.
   */
  readonly attemptedAt?: number | undefined
  /** The event's name, for the operator: any text; a receiver passes at most 200 characters. `''` means none. */
  readonly event?: string | undefined
}

/** The result of a claim. `attempts` is the count so far, including this claim if it counts. */
export type ClaimResult =
  | { readonly state: 'claimed'; readonly attempts: number }
  | { readonly state: 'in-progress'; readonly attempts: number; readonly retryAfterMs: number }
  | { readonly state: 'completed'; readonly attempts: number; readonly sameFingerprint: boolean }
  | { readonly state: 'failed'; readonly attempts: number }
  | { readonly state: 'held'; readonly attempts: number }

/** The argument of {@link DedupeStore.fail}: a permanent failure. */
export interface FailRequest extends OwnedKey {
  /** The reason, for the operator: an error code such as `ERR_WEBHOOK_HANDLER_FAILED`. `''` means none. */
  readonly code?: string | undefined
}

/** The argument of {@link DedupeStore.release}: a failure after which a retry may run. */
export interface ReleaseRequest extends FailRequest {
  /** With this many attempts or more, as {@link DedupeStore.claim} counts them, the record becomes `failed` instead. */
  readonly failFromAttempts?: number
}

/** The argument of {@link DedupeStore.complete}. */
export interface CompleteRequest extends OwnedKey {
  readonly fingerprint: string
  /** Milliseconds for which a repeated delivery must be recognised. */
  readonly retentionMs: number
  /** Milliseconds for which even a full store must keep the record: as long as a replay would be accepted. */
  readonly acceptanceMs: number
}

/** The result of {@link DedupeStore.release}. */
export type ReleaseResult = 'released' | 'failed' | 'lost'
