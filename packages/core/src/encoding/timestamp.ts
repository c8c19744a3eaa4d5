const unixTime = /^(0|[1-9][0-9]{0,14})$/
const isoTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/**
 * Reads a sender's time, or undefined if it has any other than the plain form: `123abc`, ` 123`, `+123`, `0123`,
 * `1e3` and dates that no calendar has are refused, so that the characters checked are the characters signed.
 *
 * @returns milliseconds since the epoch
 */
export function parseTimestamp(text: string, unit: 's' | 'ms' | 'iso8601'): number | undefined {
  if (unit === 'iso8601') return parseIsoTime(text)
  if (!unixTime.test(text)) return undefined
  return Number(text) * (unit === 's' ? 1000 : 1)
}

function parseIsoTime(text: string): number | undefined {
  if (text.length > 40 || !isoTime.test(text)) return undefined
  // Date.parse rolls 30 February over to March; so the parsed day is compared.
  const day = text.slice(0, 10)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
