import type { TimestampSource } from '@countersign/core'

/** A time, however it is written. */
export interface Moment {
  /** Milliseconds since the epoch, perhaps with a fraction. */
  readonly ms: number
  /** What is unusual about the text, as the end of "it ...". Undefined: plain digits, or ISO 8601 with seconds and zone. */
  readonly oddity: string | undefined
  /** The oddity is none that a sender would choose: something on the way has put it there. */
  readonly isDecorated?: boolean
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
/** 2001 to 2100: what is read with good will, and lies elsewhere, is no time. */
const earliest = 1_000_000_000_000
const latest = 4_102_444_800_000

/** What may stand around a time; the time itself is the group, or what is left. */
const wrappings: readonly (readonly [pattern: RegExp, oddity: string])[] = [
  [/^(?:\s+(.*?)\s*|(.*?)\s+)$/s, 'has blanks around it'],
  [/^(?:"(.*)"|'(.*)'|`(.*)`|[[<({](.*)[\])>}])$/s, 'stands in quotes or brackets'],
  [/^[A-Za-z_-]{1,20} ?[=:] ?(\d.*)$/, 'has a name before it'],
  [/^[@+-](\d.*)$/, 'has a sign before it'],
  [/^0+([1-9]\d{8,})$/, 'has zeros before it'],
  [/^(\d{9,20}) ?(?:s|sec|secs|seconds|ms|us|ns|n|l|z|utc)$/i, 'has letters after it'],
]

/** Whether a receiver reads the text as a time in this unit: one of today, and not its digits in another unit. */
export function isPlainTime(text: string, unit: TimestampSource['unit']): boolean {
  if (unit === 'iso8601') return isoTime.test(text) && !Number.isNaN(Date.parse(text))
  return /^(0|[1-9]\d{0,14})$/.test(text) && (unit === 's') === text.length <= 11
}

/** How a time is written, as the end of "it ...", in words that repeat nothing of it. */
export function describeTime(text: string): string {
  const moment = readMoment(text)
  if (!moment) return text === '' ? 'is empty' : 'is no time'
  if (moment.oddity) return moment.oddity
  if (!/^\d+$/.test(text)) return 'is a date in ISO 8601'
  const unit = text.length <= 11 ? 'seconds' : text.length <= 14 ? 'milliseconds' : 'a finer unit'
  return `is in ${unit}`
}

/** Reads a time with good will: as a person would, and not as a receiver does. */
export function readMoment(text: string): Moment | undefined {
  if (text.length > 80) return undefined
  if (/^\d{1,20}$/.test(text) && !/^0\d/.test(text)) return { ms: numberToMs(text), oddity: undefined }
  if (isoTime.test(text)) {
    const ms = Date.parse(text)
    return Number.isNaN(ms) ? undefined : { ms, oddity: undefined }
  }
  for (const [pattern, oddity] of wrappings) {
    const inner = pattern
      .exec(text)
      ?.slice(1)
      .find((group) => group !== undefined)
    const moment = inner === undefined ? undefined : readMoment(inner)
    if (moment && isLikely(moment.ms)) return { ms: moment.ms, oddity, isDecorated: true }
  }
  const found = readOther(text)
  return found && isLikely(found.ms) ? found : undefined
}

function isLikely(ms: number): boolean {
  return ms >= earliest && ms <= latest
}

/** By the number of digits: seconds have ten until 2286, each finer unit three more. */
function numberToMs(digits: string): number {
  const value = Number(digits)
  if (digits.length <= 11) return value * 1000
  return value / (digits.length <= 14 ? 1 : digits.length <= 17 ? 1_000 : 1_000_000)
}

function readOther(text: string): Moment | undefined {
  if (/^\d{9,13}[.,]\d+$/.test(text)) {
    const scale = text.search(/[.,]/) <= 11 ? 1000 : 1
    return { ms: Math.round(Number(text.replace(',', '.')) * scale * 1000) / 1000, oddity: 'has a fraction' }
  }
  if (/^\d(\.\d+)?e\+?\d{1,2}$/i.test(text)) {
    return { ms: numberToMs(String(Math.round(Number(text)))), oddity: 'has an exponent' }
  }
  const hex = /^(?:0x)?([0-9a-f]{8,11})$/i.exec(text)?.[1]
  if (hex) return { ms: numberToMs(String(Number.parseInt(hex, 16))), oddity: 'is in hex' }
  if (/^\d{1,9}(?:([ ,._'’\u00a0\u202f])\d{1,9})(?:\1\d{1,9})*$/.test(text)) {
    const digits = text.replace(/\D/g, '')
    if (/^\d{9,14}$/.test(digits))
      return { ms: numberToMs(digits), oddity: 'has separators between its digits', isDecorated: true }
  }
  return readDate(text)
}

const compact = /^(\d{4})-?(\d\d)-?(\d\d)[T ]?(\d\d):?(\d\d):?(\d\d)(Z?)$/

/** A date without a zone is taken for UTC, as most servers have it. */
function readDate(text: string): Moment | undefined {
  const [, ...parts] = compact.exec(text) ?? []
  const [year, month, day, hour, minute, second] = parts
  const written = year ? `${year}-${month}-${day}T${hour}:${minute}:${second}Z` : text
  if (!/\d{4}/.test(written) || !/[-/ ,:]/.test(written)) return undefined
  const isWords = /[A-Za-z]{3}/.test(text)
  const hasZone = /(Z|GMT|UTC|[+-]\d\d:?\d\d)$/i.test(written)
  const ms = Date.parse(hasZone || !/:\d\d/.test(written) ? written : `${written}Z`)
  if (Number.isNaN(ms)) return undefined
  return { ms, oddity: isWords ? 'is a date in words' : 'is a date, but not ISO 8601 with seconds and zone' }
}
