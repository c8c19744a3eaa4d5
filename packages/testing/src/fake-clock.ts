import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { Clock } from '@countersign/core'

/** A {@link Clock} that moves only when a test moves it. Create one with {@link createFakeClock}. */
export interface FakeClock extends Clock {
  /**
   * Advances both clocks by `ms` milliseconds and fires timers in the order they are due. Before, between and after timers,
   * one turn of the event loop lets pending promises settle. 0 fires what is due now.
   *
   * @throws RangeError if `ms` is negative or not a number
   * @throws whatever a timer's callback throws
   */
  advance(ms: number): Promise<void>
  /** Moves only the wall clock by `ms` milliseconds, forwards or backwards, as NTP does: no timer fires. */
  jump(ms: number): void
  /** The number of pending timers. */
  readonly pendingTimers: number
}

/**
 * Creates a clock for tests. Pass the same clock to the receiver and to its store.
 *
 * @param options.now the initial time in milliseconds since the epoch; default 0
 *
 * @example
 * import { createFakeClock } from '@countersign/testing'
 *
 * const clock = createFakeClock({ now: Date.parse('2026-01-15T09:30:00Z') })
 * clock.setTimer(() => console.log('one minute later'), 60_000)
 * await clock.advance(60_000)
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
        throw new RangeError('advance() takes 0 or more milliseconds; use jump() to move the wall clock back')
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
