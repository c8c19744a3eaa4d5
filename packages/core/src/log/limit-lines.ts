import type { Clock } from '../options.js'
import { callSafely } from '../promises/call-safely.js'

/** A rate limit for one kind of line. */
export interface LineLimit {
  readonly windowMs: number
  /** Lines of each kind in a window. The others are only counted. */
  readonly lines: number
}

/** The number of suppressed lines of each kind. */
export type SuppressedCounts = ReadonlyMap<string, number>

/**
 * Limits the rate of log lines, so that neither an attacker nor a store outage can fill the log. The number of suppressed lines
 * is reported at the end of a window; on platforms where timers end with their request, such as Workers, with the next line.
 *
 * @returns a function that says whether one more line of a kind may be written
 */
export function limitLines(
  { windowMs, lines }: LineLimit,
  clock: Clock,
  report: (leftOut: SuppressedCounts) => void,
): (kind: string) => boolean {
  let startedAt = Number.NEGATIVE_INFINITY
  let counts = new Map<string, number>()

  const end = () => {
    const leftOut = new Map([...counts].map(([kind, count]) => [kind, count - lines]))
    for (const [kind, count] of leftOut) if (count <= 0) leftOut.delete(kind)
    counts = new Map()
    startedAt = Number.NEGATIVE_INFINITY
    if (leftOut.size > 0) report(leftOut)
  }
  const begin = (now: number) => {
    if (counts.size > 0) end()
    startedAt = now
    callSafely(() =>
      clock.setTimer(() => {
        if (startedAt === now) end()
      }, windowMs),
    )
  }
  return (kind) => {
    const now = readSafely(clock) ?? startedAt
    if (now - startedAt >= windowMs) begin(now)
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return count <= lines
  }
}

/** A broken clock must not break logging: its error may be what is logged. */
function readSafely(clock: Clock): number | undefined {
  try {
    return clock.monotonic()
  } catch {
    return undefined
  }
}
