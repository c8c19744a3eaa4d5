import type { TimestampSource } from '@countersign/core'

/**
 * A time as the scheme writes it.
 *
 * @param time milliseconds since the epoch, or the very text to send, for times no honest sender would write
 */
export function writeTime(time: number | string, unit: TimestampSource['unit']): string {
  if (typeof time === 'string') return time
  if (unit === 's') return String(Math.floor(time / 1000))
  if (unit === 'ms') return String(Math.floor(time))
  return new Date(time).toISOString().replace('.000Z', 'Z')
}
