import type { SentAttempt, SentResponse } from '@countersign/testing'
import { toOneLine } from '../output/to-one-line.js'
import { describeFailure } from './describe-failure.js'

/** The result of one attempt, as it is printed. */
export interface AttemptResult {
  /** Null if nobody answered. */
  readonly status: number | null
  /** Why nobody answered. */
  readonly failure?: string
  readonly ms: number
  /** The answer's `Retry-After`. Not every sender respects it, and this one does not. */
  readonly retryAfter?: string
  /** The start of the answer's body. */
  readonly answer?: string
}

export function toAttemptResult({
  response,
  error,
  durationMs,
}: Pick<SentAttempt, 'response' | 'error' | 'durationMs'>): AttemptResult {
  const ms = Math.round(durationMs)
  if (!response) return { status: null, failure: describeFailure(error ?? new Error()), ms }
  const retryAfter = response.headers['retry-after']
  const answer = toOneLine(response.body)
  return {
    status: response.status,
    ms,
    ...(retryAfter !== undefined && { retryAfter: toOneLine(retryAfter, 40) }),
    ...(answer !== '' && { answer }),
  }
}

/** A delivery with a fault must be refused with 4xx, any other accepted with 2xx. */
export function isExpected({ status }: Pick<SentResponse, 'status'>, isFaulty: boolean): boolean {
  return isFaulty ? status >= 400 && status < 500 : status >= 200 && status < 300
}
