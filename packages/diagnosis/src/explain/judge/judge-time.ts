import type { SchemeDescriptor, TimestampSource, Tolerance } from '@countersign/core'
import { readPointer } from '@countersign/testing/sender'
import { isPlainTime, readMoment } from '../../recompute/read-moment.js'

/** What is wrong with a signed time. */
export interface TimeFault {
  readonly cause: string
  /** How old it is in seconds; negative: so far ahead. */
  readonly ageSeconds: number | undefined
  /** What is unusual about its text. */
  readonly detail?: string | undefined
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
  if (!reading)
    return [
      { cause: 'time.unreadable', ageSeconds: undefined, detail: text === '' ? 'is empty' : 'is no time' },
    ]
  const ageSeconds = (now - reading.ms) / 1000
  const { cause, detail } = reading
  const faults: TimeFault[] = cause ? [{ cause, ageSeconds, detail }] : []
  if (ageSeconds > tolerance.past) faults.push({ cause: 'time.too-old', ageSeconds })
  if (-ageSeconds > tolerance.future) faults.push({ cause: 'time.too-new', ageSeconds })
  return faults
}

interface Reading {
  readonly ms: number
  /** What keeps the scheme from reading it so. */
  readonly cause: string | undefined
  readonly detail?: string | undefined
}

function readTime(text: string, unit: TimestampSource['unit']): Reading | undefined {
  const moment = readMoment(text)
  if (!moment) return undefined
  const { ms, oddity, isDecorated } = moment
  if (isDecorated) return { ms, cause: isBlank(text) ? 'time.blanks' : 'time.malformed', detail: oddity }
  if (/^\d+$/.test(text)) return { ms, cause: causeOfNumber(text, unit) }
  if (/date|ISO/.test(oddity ?? 'ISO')) {
    if (unit !== 'iso8601') return { ms, cause: 'time.text-as-number', detail: oddity }
    return { ms, cause: oddity && 'time.not-iso' }
  }
  return { ms, cause: oddity === 'has a fraction' ? 'time.fraction' : 'time.malformed', detail: oddity }
}

/** Around it, and not within it. */
function isBlank(text: string): boolean {
  return /^\s|\s$/.test(text) && !readMoment(text.trim())?.oddity
}

function causeOfNumber(text: string, unit: TimestampSource['unit']): string | undefined {
  if (unit === 'iso8601') return 'time.number-as-text'
  if (isPlainTime(text, unit)) return undefined
  // By their number of digits: seconds have ten until 2286, each other unit three more.
  if (text.length > 14) return 'time.finer-unit'
  return unit === 's' ? 'time.ms-as-seconds' : 'time.seconds-as-ms'
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
