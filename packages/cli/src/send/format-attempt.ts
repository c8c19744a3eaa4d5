import type { AttemptResult } from './attempt-result.js'

/** `200 in 12 ms: {"status":"processed"}`. */
export function formatAttempt({ status, failure, ms, retryAfter, answer }: AttemptResult): string {
  if (status === null) return `no answer: ${failure}`
  const retry = retryAfter === undefined ? '' : ` (Retry-After: ${retryAfter})`
  return `${status} in ${ms} ms${retry}${answer === undefined ? '' : `: ${answer}`}`
}
