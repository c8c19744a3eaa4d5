import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { createBudget } from '../../recompute/budget.js'

/** How long a search may go on, and when it lets others have a turn. */
export interface Stopwatch {
  /** Whether the time is up; asked before each digest over a body of so many bytes. */
  isOver(bodyLength: number): boolean
  /** A promise where it is time to let the process do something else; it rejects once the search was aborted. */
  pause(): Promise<void> | undefined
}

/** A digest of so much takes long enough that the clock can be looked at each time. */
const longBody = 16 * 1024
const turnMs = 25

export function startStopwatch(
  ms: number,
  {
    clock = () => performance.now(),
    signal,
  }: { readonly clock?: (() => number) | undefined; readonly signal?: AbortSignal | undefined } = {},
): Stopwatch {
  const budget = createBudget({ ms, now: clock })
  const end = clock() + ms
  let turnEnd = performance.now() + turnMs
  return {
    isOver: (bodyLength) => (bodyLength >= longBody ? clock() >= end : budget.spent()),
    pause() {
      if (performance.now() < turnEnd) return undefined
      return setImmediate().then(() => {
        signal?.throwIfAborted()
        turnEnd = performance.now() + turnMs
      })
    },
  }
}
