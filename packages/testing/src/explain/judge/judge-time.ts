import type { SchemeDescriptor, TimestampSource, Tolerance } from '@countersign/core'
import { readPointer } from '../../sender/write-pointer.js'

/** What is wrong with a signed time. */
export interface TimeFault {
  readonly cause: string
  /** How old it is in seconds; negative: so far ahead. */
  readonly ageSeconds: number | undefined
}

/** By which clock and how strictly. */
export interface TimeRules {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly tolerance: Tolerance
}

/** @param text the time as it was signed */
export function judgeTime(
  text: string,
  unit: TimestampSource['unit'],
  { now, tolerance }: TimeRules,
): readonly TimeFault[] {
  const reading = readTime(text, unit)
  if (!reading) return [{ cause: 'time.unreadable', ageSeconds: undefined }]
  const ageSeconds = (now - reading.ms) / 1000
  const faults: TimeFault[] = reading.cause ? [{ cause: reading.cause, ageSeconds }] : []
  if (ageSeconds > tolerance.past) faults.push({ cause: 'time.too-old', ageSeconds })
  if (-ageSeconds > tolerance.future) faults.push({ cause: 'time.too-new', ageSeconds })
  return faults
}

interface Reading {
  readonly ms: number
  /** What keeps the scheme from reading it so. */
  readonly cause: string | undefined
}

function readTime(text: string, unit: TimestampSource['unit']): Reading | undefined {
  const trimmed = text.trim()
  if (/^\d{1,20}$/.test(trimmed)) return readNumber(trimmed, unit, trimmed !== text)
  if (/^\d{9,13}\.\d+$/.test(trimmed) && unit !== 'iso8601') {
    const ms = Number(trimmed) * (trimmed.indexOf('.') <= 11 ? 1000 : 1)
    return { ms, cause: 'time.fraction' }
  }
  const ms = Date.parse(trimmed)
  if (Number.isNaN(ms)) return undefined
  if (unit !== 'iso8601') return { ms, cause: 'time.text-as-number' }
  const isStrict = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)
  return { ms, cause: isStrict ? undefined : 'time.not-iso' }
}

function readNumber(text: string, unit: TimestampSource['unit'], hasBlanks: boolean): Reading {
  const value = Number(text)
  // By their number of digits: seconds have ten until 2286, each other unit three more.
  const actual = text.length <= 11 ? 's' : text.length <= 14 ? 'ms' : text.length <= 17 ? 'us' : 'ns'
  const ms = value * { s: 1000, ms: 1, us: 1 / 1000, ns: 1 / 1_000_000 }[actual]
  if (unit === 'iso8601') return { ms, cause: 'time.number-as-text' }
  if (actual === unit) return { ms, cause: hasBlanks ? 'time.blanks' : undefined }
  if (actual === 'us' || actual === 'ns') return { ms, cause: 'time.finer-unit' }
  return { ms, cause: unit === 's' ? 'time.ms-as-seconds' : 'time.seconds-as-ms' }
}

/** The time in a signed body, as text; undefined where the scheme has none there, or the body lacks it. */
export function timeInBody({ timestamp }: SchemeDescriptor, body: Uint8Array): string | undefined {
  if (!timestamp || !('json' in timestamp)) return undefined
  try {
    const value = readPointer(JSON.parse(Buffer.from(body).toString('utf8')), timestamp.json)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  } catch {
    return undefined
  }
}
