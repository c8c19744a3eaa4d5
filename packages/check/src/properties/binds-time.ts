import type { SchemeDescriptor } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import { writeTime } from '@countersign/testing/sender'
import type { Deliveries } from '../deliveries/deliveries.js'
import { addTime, replaceTime } from '../deliveries/edit-time.js'
import { timeHeader, tolerance } from '../deliveries/scheme-traits.js'
import type { Examination, Probe } from '../examination.js'
import { judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property } from '../property.js'

export const bindsTime: Property = {
  name: 'binds-time',
  says: 'refuses a time that is not the signed one',
  hiddenBy: ['accepts-forged', 'accepts-stale'],
  judge: async (examination) => {
    if (!examination.scheme.timestamp) return notApplicable('no time is signed')
    if (!timeHeader(examination.scheme)) return notApplicable('the time is a part of the signed body')
    return judgeRefused(
      examination,
      await examination.allRefused(probesFor(examination)),
      'timestamp-not-signed',
    )
  },
}

function probesFor({ scheme, deliveries, now }: Examination): readonly Probe[] {
  const source = timeHeader(scheme)
  if (!source) return []
  const time = (offset = 0) => writeTime(now() + offset, source.unit)
  const past = -Math.max(tolerance(scheme).past * 2, tolerance(scheme).past + 60) * 1000
  const replaced = (request: SignedRequest, text: string) => replaceTime(scheme, request, text)
  const repeated = (place: 'first' | 'last') =>
    addTime(scheme, deliveries.make({ timestamp: now() + past }), time(), place)
  return [
    {
      what: 'an old delivery under a new time',
      request: replaced(deliveries.make({ timestamp: now() + past }), time()),
    },
    {
      what: 'a delivery under a time 10 s later',
      request: replaced(deliveries.make({ timestamp: now() - 10_000 }), time()),
    },
    ...signedWithoutTime(scheme, deliveries),
    { what: 'an old delivery with a new time before its own', request: repeated('first') },
    { what: 'an old delivery with a new time behind its own', request: repeated('last') },
  ]
}

/** What a custom scheme signs, its code alone decides. */
function signedWithoutTime(scheme: SchemeDescriptor, deliveries: Deliveries): readonly Probe[] {
  if (scheme.signature.algorithm === 'custom') return []
  const signedContent = /\{body[^}]*\}/.exec(scheme.signedContent ?? '')?.[0] ?? '{body}'
  const request = deliveries.make({ scheme: { ...scheme, signedContent } })
  return [{ what: 'a signature of the body alone', request }]
}
