import type { TimestampSource } from '@countersign/core'

/**
 * Formats a time in a scheme's unit.
 *
 * @param time milliseconds since the epoch; text is returned unchanged, for malformed times
 *
 * @example
 * import { writeTime } from '@countersign/testing/sender'
 *
 * console.log(writeTime(1_768_469_400_000, 'iso8601')) // 2026-01-15T09:30:00Z
 */
export function writeTime(time: number | string, unit: TimestampSource['unit']): string {
  if (typeof time === 'string') return time
  if (unit === 's') return String(Math.floor(time / 1000))
  if (unit === 'ms') return String(Math.floor(time))
  return new Date(time).toISOString().replace('.000Z', 'Z')
}
