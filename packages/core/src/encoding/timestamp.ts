const unixTime = /^(0|[1-9][0-9]{0,14})$/
const isoTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/**
 * Parses a sender's timestamp. Returns undefined for any form but the plain one (`123abc`, ` 123`, `+123`, `0123`, `1e3`) and
 * for dates that do not exist, so that the text that was checked is the text that was signed.
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
  // Date.parse turns 30 February into a day in March, so the parsed day is compared.
  const day = text.slice(0, 10)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
