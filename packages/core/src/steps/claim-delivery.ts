import { digestText, randomToken } from '#crypto'
import { callStore } from '../dedupe/call-store.js'
import { DedupeStoreError } from '../errors.js'
import { callSafely } from '../promises/call-safely.js'
import { isPromise, type MaybePromise } from '../promises/maybe-promise.js'
import type { Steps } from '../promises/run-steps.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { ClaimResult } from '../stores/dedupe-store.js'

/** The right to process one delivery, until its lease ends. */
export interface Claim {
  readonly key: string
  readonly token: string
  readonly fingerprint: string
  readonly attempts: number
  /** On the clock's monotonic scale, counted from before the claim was sent. */
  readonly leaseEnd: number
  /** How long the completion is remembered, in milliseconds. */
  readonly retentionMs: number
}

/** What to claim. */
export interface ClaimSubject {
  readonly key: string
  readonly retentionMs: number
  readonly rawBody: Uint8Array
  /** The SHA-256 of the body, if it is known already. */
  readonly bodyDigest: string | undefined
  readonly attemptedAt: number | undefined
  readonly event: string | undefined
}

export type Claimed =
  | { readonly state: 'claimed'; readonly claim: Claim }
  | Exclude<ClaimResult, { state: 'claimed' }>

const resultStates = ['claimed', 'in-progress', 'completed', 'failed', 'held']

/**
 * Claims a verified delivery. A claim that failed may still be stored, so it is released by its token: immediately, and
 * again when a late answer arrives.
 *
 * @throws DedupeStoreError
 */
export function* claimDelivery(
  { key, retentionMs, rawBody, bodyDigest, attemptedAt, event: eventName }: ClaimSubject,
  settings: ReceiverSettings,
): Steps<Claimed> {
  const { store, leaseMs, hold, verification } = settings
  const flushing = settings.pending.flush(key)
  if (flushing) yield flushing
  const token = randomToken()
  const digesting = bodyDigest ?? digestText(rawBody)
  const fingerprint: string = isPromise(digesting) ? yield digesting : digesting
  const event = shortenEvent(eventName)
  const leaseEnd = verification.clock.monotonic() + leaseMs
  let answer: MaybePromise<ClaimResult> | undefined
  try {
    const claiming = callStore(
      'claim',
      () => {
        answer = store.claim({ key, token, fingerprint, leaseMs, retentionMs, hold, attemptedAt, event })
        return answer
      },
      settings,
    )
    const result: ClaimResult = isPromise(claiming) ? yield claiming : claiming
    checkResult(result)
    if (result.state !== 'claimed') return result
    if (verification.clock.monotonic() < leaseEnd) {
      return {
        state: 'claimed',
        claim: { key, token, fingerprint, attempts: result.attempts, leaseEnd, retentionMs },
      }
    }
    throw new DedupeStoreError(
      'ERR_WEBHOOK_STORE_TIMEOUT',
      'The lease had ended before the store answered the claim.',
    )
  } catch (error) {
    const { code } = error as DedupeStoreError
    const giveBack = () =>
      callSafely(() => callStore('release', () => store.release({ key, token, code }), settings))
    giveBack()
    Promise.resolve(answer).then(giveBack, () => undefined)
    throw error
  }
}

/** The sender chooses the length of a name, and every record stores one. */
const maxEventLength = 200

/** Does not cut a surrogate pair in half: not every store can keep one half. */
function shortenEvent(event: string | undefined): string | undefined {
  if (event === undefined || event.length <= maxEventLength) return event
  return event.slice(0, maxEventLength).replace(/[\uD800-\uDBFF]$/, '')
}

/** An invalid result must not be treated as "not a duplicate". */
function checkResult(result: ClaimResult): void {
  if (typeof result === 'object' && result !== null && resultStates.includes(result.state)) return
  throw new DedupeStoreError(
    'ERR_WEBHOOK_STORE_UNAVAILABLE',
    'The store returned an invalid result of claim.',
  )
}
