import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { Clock } from '@countersign/core'

/** A {@link Clock} that stands still until it is told otherwise. */
export interface FakeClock extends Clock {
  /**
   * Lets `ms` pass on both clocks. Timers fire in the order they are due; before the first, between two and after
   * the last of them, promises get as far as they can without input from outside. 0 fires what is due now.
   *
   * @throws RangeError where `ms` is below 0 or no number; what a timer throws
   */
  advance(ms: number): Promise<void>
  /** Sets the wall clock by `ms`, forth or back, as an operator or NTP does: no timer fires, `monotonic` stays. */
  jump(ms: number): void
  /** How many timers wait. */
  readonly pendingTimers: number
}

/**
 * A clock for tests, for the receiver and its store alike.
 *
 * @param options.now milliseconds since the epoch at the start; default 0
 */
export function createFakeClock({ now = 0 }: { readonly now?: number } = {}): FakeClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>()
  let elapsed = 0
  let wall = now

  const firstDue = (until: number) =>
    [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  const moveTo = (time: number) => {
    // A timer's callback may have advanced the clock itself.
    const passed = Math.max(0, time - elapsed)
    elapsed += passed
    wall += passed
  }

  return {
    now: () => wall,
    monotonic: () => elapsed,
    setTimer(callback, ms) {
      const timer = { at: elapsed + Math.max(ms, 0), callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      if (!(ms >= 0))
        throw new RangeError('advance takes 0 or more milliseconds; jump sets the wall clock back')
      const end = elapsed + ms
      await eventLoopTurn()
      for (let timer = firstDue(end); timer; timer = firstDue(end)) {
        timers.delete(timer)
        moveTo(timer.at)
        timer.callback()
        await eventLoopTurn()
      }
      moveTo(end)
    },
    jump(ms) {
      wall += ms
    },
    get pendingTimers() {
      return timers.size
    },
  }
}
