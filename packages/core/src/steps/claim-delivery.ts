import { digestText, randomToken } from '#crypto'
import { callStore } from '../dedupe/call-store.js'
import { DedupeStoreError } from '../errors.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
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
export async function claimDelivery(
  { key, retentionMs, rawBody, attemptedAt, event: eventName }: ClaimSubject,
  settings: ReceiverSettings,
): Promise<Claimed> {
  const { store, leaseMs, hold, verification } = settings
  await settings.pending.flush(key)
  const token = randomToken()
  const fingerprint = await digestText(rawBody)
  const event = shortenEvent(eventName)
  const leaseEnd = verification.clock.monotonic() + leaseMs
  let answer: MaybePromise<ClaimResult> | undefined
  try {
    const result = await callStore(
      'claim',
      () => {
        answer = store.claim({ key, token, fingerprint, leaseMs, retentionMs, hold, attemptedAt, event })
        return answer
      },
      settings,
    )
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
      callStore('release', () => store.release({ key, token, code }), settings).catch(() => undefined)
    void giveBack()
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
