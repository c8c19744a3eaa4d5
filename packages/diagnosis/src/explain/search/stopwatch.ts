import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { createBudget } from '../../recompute/budget.js'

/** Limits the time of a search, and yields to the event loop. */
export interface Stopwatch {
  /** Whether the time is up. Call it before each digest over a body of this many bytes. */
  isOver(bodyLength: number): boolean
  /** A promise to await when it is time to yield to the event loop. It rejects if the search was aborted. */
  pause(): Promise<void> | undefined
}

/** A digest over this many bytes takes long enough to check the clock each time. */
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
