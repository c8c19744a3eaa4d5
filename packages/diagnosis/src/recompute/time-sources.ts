import type { TimestampSource } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { membersOf, pairsOf, senderHeaders } from './header-values.js'
import type { FoundTime } from './types.js'

type Unit = TimestampSource['unit']

/** 2001 to 2100: other numbers of as many digits are ids. */
const earliest = 1_000_000_000
const latest = 4_102_444_800

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
const namedTime = /(^|[-_])(timestamp|time|ts|date|sent(-?at)?|t)$|timestamp/i

/** The unit in which a text is a time; undefined where it is none. */
export function timeUnitOf(text: string): Unit | undefined {
  if (isoTime.test(text)) return 'iso8601'
  if (!/^[1-9]\d{9,13}$/.test(text)) return undefined
  const number = Number(text)
  if (number >= earliest && number <= latest) return 's'
  return number >= earliest * 1000 && number <= latest * 1000 ? 'ms' : undefined
}

/**
 * The headers, and pairs and members of headers, that hold a time in a form a receiver reads. Those that are called a time come
 * first, and are taken for one whatever their number is.
 */
export function timeSources(capture: Pick<Capture, 'headers'>): readonly FoundTime[] {
  const found: (FoundTime & { readonly named: boolean })[] = []
  const add = (
    text: string,
    name: string,
    source: { readonly header: string; readonly key?: string; readonly position?: number },
  ) => {
    const named = namedTime.test(name)
    const unit = timeUnitOf(text) ?? (named && /^(0|[1-9]\d{0,14})$/.test(text) ? 's' : undefined)
    if (unit !== undefined) found.push({ text, source: { ...source, unit }, named })
  }
  for (const header of senderHeaders(capture.headers)) {
    add(header.value, header.name, { header: header.name })
    for (const { key, value } of pairsOf(header)) add(value, key, { header: header.name, key })
    for (const [position, text] of membersOf(header)) add(text, '', { header: header.name, position })
  }
  return [...found.filter(({ named }) => named), ...found.filter(({ named }) => !named)].map(
    ({ text, source }) => ({ text, source }),
  )
}
