import { performance } from 'node:perf_hooks'

/** The time limit of a search. It is checked between digests, so the check must be cheap. */
export interface Budget {
  readonly ms: number
  /** Whether the time is up. Once true, it stays true. */
  spent(): boolean
}

/** Reading the clock takes a fifth as long as a digest, so most calls skip it. */
const questionsPerLook = 16

/**
 * Starts the clock of a search.
 *
 * @param options.ms the limit in milliseconds
 * @param options.now a monotonic clock in milliseconds; default: `performance.now`
 */
export function createBudget({
  ms,
  now = () => performance.now(),
}: {
  readonly ms: number
  readonly now?: () => number
}): Budget {
  const end = now() + ms
  let isSpent = ms <= 0
  let questions = 0
  const spent = (): boolean => {
    if (!isSpent && questions++ % questionsPerLook === 0) isSpent = now() >= end
    return isSpent
  }
  return { ms, spent }
}
