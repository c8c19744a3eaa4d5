import type { TimestampSource } from '@countersign/core'
import { writeTime } from '@countersign/testing/sender'
import { withoutHeader } from '../deliveries/edit-proof.js'
import { timeHeader } from '../deliveries/scheme-traits.js'
import type { Examination, Probe } from '../examination.js'
import { judgeHarmless, judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property, unknown } from '../property.js'

/** All of it is properly signed: what is read out of it decides. */
export const readsTimeStrictly: Property = {
  name: 'reads-time-strictly',
  says: 'refuses a time that is not plainly one',
  judge: async (examination) => {
    const { scheme, deliveries, faults } = examination
    if (!scheme.timestamp) return notApplicable('no time is signed')
    if (faults.has('accepts-stale') && faults.has('accepts-future'))
      return unknown('cannot be told before this is mended: accepts-stale, accepts-future')
    const probe = (text: string): Probe => ({
      what: `the time ${JSON.stringify(text).slice(0, 24)}`,
      request: deliveries.make({ timestamp: text }),
    })
    const wrong = timesFor(examination, scheme.timestamp).map(probe)
    const tried = await examination.allRefused([...wrong, ...missing(examination)])
    const judgement = judgeRefused(examination, tried, 'lenient-timestamp')
    if (judgement.verdict !== 'pass') return judgement
    const odd = await examination.allRefused(oddNotations(examination, scheme.timestamp).map(probe))
    return judgeHarmless(odd, 'lenient-number') ?? judgement
  },
}

/** Texts that a lenient reader takes for now. Others, where age is not checked, would show that fault again. */
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

/** The very time, as other programs write numbers. Behind a header's colon a blank is nothing. */
function oddNotations({ now, scheme }: Examination, { unit }: TimestampSource): readonly string[] {
  if (unit === 'iso8601') return []
  const text = writeTime(now(), unit)
  const inPair = timeHeader(scheme)?.key === undefined ? [] : [` ${text}`]
  return [`${Math.floor(Number(text) / 100)}e2`, `0x${Number(text).toString(16)}`, ...inPair]
}

/** What stands in the signed content where a header is missing, in one language or another. */
function missing({ scheme, deliveries, faults }: Examination): readonly Probe[] {
  const time = timeHeader(scheme)
  if (!time || faults.has('accepts-stale')) return []
  if (time.key !== undefined || time.position !== undefined) return []
  return ['', 'undefined', 'null', 'None'].map((text) => ({
    what: `no time, signed as ${JSON.stringify(text)}`,
    request: withoutHeader(deliveries.make({ timestamp: text }), time.header),
  }))
}
