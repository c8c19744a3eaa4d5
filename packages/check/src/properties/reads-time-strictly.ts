import type { TimestampSource } from '@countersign/core'
import { writeTime } from '@countersign/testing/sender'
import { withoutHeader } from '../deliveries/edit-proof.js'
import { timeHeader } from '../deliveries/scheme-traits.js'
import type { Examination, Probe } from '../examination.js'
import { judgeHarmless, judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property, unknown } from '../property.js'

/** Every probe is properly signed: only how the receiver parses the timestamp matters. */
export const readsTimeStrictly: Property = {
  name: 'reads-time-strictly',
  says: 'refuses a malformed timestamp',
  judge: async (examination) => {
    const { scheme, deliveries, faults } = examination
    if (!scheme.timestamp) return notApplicable('the scheme signs no timestamp')
    if (faults.has('accepts-stale') && faults.has('accepts-future'))
      return unknown('cannot be checked until this is fixed: accepts-stale, accepts-future')
    const probe = (text: string): Probe => ({
      what: `the timestamp ${JSON.stringify(text).slice(0, 24)}`,
      request: deliveries.make({ timestamp: text }),
    })
    const wrong = timesFor(examination, scheme.timestamp).map(probe)
    const tried = await examination.sendAllInvalid([...wrong, ...missing(examination)])
    const judgement = judgeRefused(examination, tried, 'lenient-timestamp')
    if (judgement.verdict !== 'pass') return judgement
    const odd = await examination.sendAllInvalid(oddNotations(examination, scheme.timestamp).map(probe))
    return judgeHarmless(odd, 'lenient-number') ?? judgement
  },
}

/** Texts that a lenient parser reads as the current time. Others would only repeat accepts-stale or accepts-future. */
function timesFor({ now, faults }: Examination, { unit }: TimestampSource): readonly string[] {
  const text = writeTime(now(), unit)
  const common = ['soon', 'NaN', `${text}abc`, `${text}Z Z`]
  if (unit === 'iso8601') return common
  const isStaleRefused = !faults.has('accepts-stale')
  const isFutureRefused = !faults.has('accepts-future')
  return [
    ...common,
    ...(isStaleRefused ? [`-${text}`, '', '0'] : []),
    ...(isFutureRefused ? [unit === 's' ? `${text}000` : `${text}000000`, 'Infinity'] : []),
  ]
}

/** The current time in other number notations. A leading space counts only inside a pair: after a header's colon it is ignored. */
function oddNotations({ now, scheme }: Examination, { unit }: TimestampSource): readonly string[] {
  if (unit === 'iso8601') return []
  const text = writeTime(now(), unit)
  const inPair = timeHeader(scheme)?.key === undefined ? [] : [` ${text}`]
  return [`${Math.floor(Number(text) / 100)}e2`, `0x${Number(text).toString(16)}`, ...inPair]
}

/** What the signed content contains for a missing header, in various languages. */
function missing({ scheme, deliveries, faults }: Examination): readonly Probe[] {
  const time = timeHeader(scheme)
  if (!time || faults.has('accepts-stale')) return []
  if (time.key !== undefined || time.position !== undefined) return []
  return ['', 'undefined', 'null', 'None'].map((text) => ({
    what: `no timestamp, signed as ${JSON.stringify(text)}`,
    request: withoutHeader(deliveries.make({ timestamp: text }), time.header),
  }))
}
