import type { Clock } from '../options.js'
import { callSafely } from '../promises/call-safely.js'

/** How much of one kind is written. */
export interface LineLimit {
  readonly windowMs: number
  /** Lines of each kind in a window. The rest is counted. */
  readonly lines: number
}

/** How many of each kind were left out of a window. */
export type SuppressedCounts = ReadonlyMap<string, number>

/**
 * Bounds a log, so that neither strangers nor a store that is down can fill it. What was left out of a window is reported
 * at its end; where timers end with their request, as on Workers, with the first line after it.
 *
 * @returns says whether one more line of this kind may be written
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

/** A broken clock is what may have to be logged. */
function readSafely(clock: Clock): number | undefined {
  try {
    return clock.monotonic()
  } catch {
    return undefined
  }
}
