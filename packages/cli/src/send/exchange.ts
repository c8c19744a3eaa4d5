import type { SentAttempt, SentResponse } from '@countersign/testing'
import { oneLine } from '../output/one-line.js'
import { describeFailure } from './describe-failure.js'

/** What came of one attempt, as it is told. */
export interface Exchange {
  /** Null where nobody answered. */
  readonly status: number | null
  /** Why nobody answered. */
  readonly failure?: string
  readonly ms: number
  /** What the receiver asks for; senders differ in whether they heed it, and this one does not. */
  readonly retryAfter?: string
  /** The beginning of the answer's text. */
  readonly answer?: string
}

export function exchangeOf({
  response,
  error,
  durationMs,
}: Pick<SentAttempt, 'response' | 'error' | 'durationMs'>): Exchange {
  const ms = Math.round(durationMs)
  if (!response) return { status: null, failure: describeFailure(error ?? new Error()), ms }
  const retryAfter = response.headers['retry-after']
  const answer = oneLine(response.body)
  return {
    status: response.status,
    ms,
    ...(retryAfter !== undefined && { retryAfter: oneLine(retryAfter, 40) }),
    ...(answer !== '' && { answer }),
  }
}

/** `200 in 12 ms: {"status":"processed"}`. */
export function tellExchange({ status, failure, ms, retryAfter, answer }: Exchange): string {
  if (status === null) return `no answer: ${failure}`
  const wish = retryAfter === undefined ? '' : ` (Retry-After: ${retryAfter})`
  return `${status} in ${ms} ms${wish}${answer === undefined ? '' : `: ${answer}`}`
}

/** A delivery with a fault must be refused, any other taken. Another status leaves it open, and the sender comes again. */
export function isAsExpected({ status }: Pick<SentResponse, 'status'>, isFaulty: boolean): boolean {
  return isFaulty ? status >= 400 && status < 500 : status >= 200 && status < 300
}
