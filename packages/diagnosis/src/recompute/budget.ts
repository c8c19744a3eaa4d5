import { performance } from 'node:perf_hooks'

/** How long a search may go on. It is asked between digests, so it has to be cheap. */
export interface Budget {
  readonly ms: number
  /** Whether the time is up. Once it is, it stays so. */
  spent(): boolean
}

/** Asking the clock takes as long as a fifth of a digest. */
const questionsPerLook = 16

/**
 * Starts the time of a search.
 *
 * @param options.now milliseconds of a clock that does not jump; default: the process's own
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
