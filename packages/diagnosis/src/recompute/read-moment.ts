import type { TimestampSource } from '@countersign/core'
import { isoTime } from './time-sources.js'

/** A time in any format. */
export interface Moment {
  /** Milliseconds since the epoch, possibly with a fraction. */
  readonly ms: number
  /** What is unusual about the text, to complete "it ...". Undefined for plain digits and ISO 8601 with seconds and zone. */
  readonly oddity: string | undefined
  /** No sender would choose this format: it was added in transit. */
  readonly isDecorated?: boolean
}

/** 2001 to 2100: outside this range, text that was parsed leniently is not a time. */
const earliest = 1_000_000_000_000
const latest = 4_102_444_800_000

/** Text that may surround a time; the time itself is in the group. */
const wrappings: readonly (readonly [pattern: RegExp, oddity: string])[] = [
  [/^(?:\s+(.*?)\s*|(.*?)\s+)$/s, 'has white space around it'],
  [/^(?:"(.*)"|'(.*)'|`(.*)`|[[<({](.*)[\])>}])$/s, 'is in quotes or brackets'],
  [/^[A-Za-z_-]{1,20} ?[=:] ?(\d.*)$/, 'has a name before it'],
  [/^[@+-](\d.*)$/, 'has a sign before it'],
  [/^0+([1-9]\d{8,})$/, 'has zeros before it'],
  [/^(\d{9,20}) ?(?:s|sec|secs|seconds|ms|us|ns|n|l|z|utc)$/i, 'has letters after it'],
]

/** Whether a receiver reads the text as a time in this unit, judged by the number of digits. */
export function isPlainTime(text: string, unit: TimestampSource['unit']): boolean {
  if (unit === 'iso8601') return isoTime.test(text) && !Number.isNaN(Date.parse(text))
  return /^(0|[1-9]\d{0,14})$/.test(text) && (unit === 's') === text.length <= 11
}

/** Describes the format of a time, to complete "it ...", without repeating the value. */
export function describeTime(text: string): string {
  const moment = readMoment(text)
  if (!moment) return text === '' ? 'is empty' : 'is not a time'
  if (moment.oddity) return moment.oddity
  if (!/^\d+$/.test(text)) return 'is a date in ISO 8601'
  const unit = text.length <= 11 ? 'seconds' : text.length <= 14 ? 'milliseconds' : 'a finer unit'
  return `is in ${unit}`
}

/** Parses a time leniently, as a person would and a receiver would not. */
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

/** Judges the unit by the number of digits: seconds have ten until 2286, each finer unit three more. */
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

/** A date without a zone is read as UTC, which most servers use. */
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
