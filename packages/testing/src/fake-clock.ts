import type { Clock } from '@countersign/core'

/** A {@link Clock} that stands still until it is told otherwise. */
export interface FakeClock extends Clock {
  /** Lets `ms` pass: timers fire in their order, and what they set off is waited for. */
  advance(ms: number): Promise<void>
  /** Sets the wall clock by `ms`, as an operator or NTP does: no timer fires, and `monotonic` stays. */
  jump(ms: number): void
  /** How many timers wait. */
  readonly pendingTimers: number
}

/** Promise chains in between two timers are given this many turns to get on. */
const turns = 20

/** @param options.now milliseconds since the epoch at the start; default 0 */
export function createFakeClock({ now = 0 }: { readonly now?: number } = {}): FakeClock {
  const timers = new Map<symbol, { readonly at: number; readonly callback: () => void }>()
  let elapsed = 0
  let wall = now

  const settle = async () => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
  }
  const nextDue = (until: number) =>
    [...timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0]
  const moveTo = (time: number) => {
    wall += time - elapsed
    elapsed = time
  }

  return {
    now: () => wall,
    monotonic: () => elapsed,
    setTimer(callback, ms) {
      const id = Symbol('timer')
      timers.set(id, { at: elapsed + Math.max(0, ms), callback })
      return () => void timers.delete(id)
    },
    async advance(ms) {
      const end = elapsed + ms
      await settle()
      for (let due = nextDue(end); due; due = nextDue(end)) {
        const [id, { at, callback }] = due
        timers.delete(id)
        moveTo(at)
        callback()
        await settle()
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
