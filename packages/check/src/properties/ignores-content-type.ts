import type { SignedRequest } from '@countersign/testing'
import { editHeader, withoutHeader } from '../deliveries/edit-proof.js'
import { forgeDelivery } from '../deliveries/forge.js'
import type { Examination, Probe, SentProbe } from '../examination.js'
import { countProbes, judgeAccepted, judgeRefused, listProbes } from '../judge-replies.js'
import { fail, type Property, pass } from '../property.js'
import { isFailure } from '../wire/reply.js'

/** `isReadAsOther`: a receiver may rightly parse the body as this type, and its handler may fail on the result. */
const types: readonly { readonly type: string | undefined; readonly isReadAsOther?: boolean }[] = [
  { type: undefined },
  { type: 'text/plain' },
  { type: 'application/octet-stream' },
  { type: 'application/cloudevents+json' },
  { type: 'application/json; charset=iso-8859-1', isReadAsOther: true },
  { type: 'application/json; charset=utf-16', isReadAsOther: true },
  { type: 'application/x-www-form-urlencoded', isReadAsOther: true },
  { type: 'multipart/form-data; boundary=x', isReadAsOther: true },
  { type: ';;;', isReadAsOther: true },
]

export const ignoresContentType: Property = {
  name: 'ignores-content-type',
  says: 'refuses a forgery with any content type, and accepts "application/json; charset=utf-8"',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, deliveries } = examination
    const forged = await examination.sendAllInvalid(
      types.map(({ type }) =>
        typed(`a forgery with ${type ?? 'no content type'}`, type, forgeDelivery(scheme, deliveries)),
      ),
    )
    const refused = judgeRefused(examination, forged, 'trusts-content-type')
    if (refused.verdict !== 'pass') return refused
    const charset = await examination.sendAllValid([
      typed('a valid delivery with charset=utf-8', 'application/json; charset=utf-8', deliveries.make()),
    ])
    const taken = judgeAccepted(examination, charset, 'refuses-charset')
    if (taken.verdict !== 'pass') return taken
    const failsAnyway = examination.faults.has('fails-on-forged')
    return judgeOdd(failsAnyway ? [] : forged, await tryValid(examination))
  },
}

async function tryValid(examination: Examination): Promise<readonly SentProbe[]> {
  const { deliveries } = examination
  return examination.sendAllValid(
    types.map(({ type }) =>
      typed(`a valid delivery with ${type ?? 'no content type'}`, type, deliveries.make()),
    ),
  )
}

/** A valid delivery with an odd content type may be refused, but it must be answered. */
function judgeOdd(forged: readonly SentProbe[], valid: readonly SentProbe[]) {
  const failures = [
    ...forged.filter(({ reply }) => isFailure(reply)),
    ...valid.filter(
      ({ reply }, index) => reply.end === 'silent' || (isFailure(reply) && !types[index]?.isReadAsOther),
    ),
  ]
  if (failures.length > 0) return fail('fails-on-content-type', listProbes(failures))
  return pass(`refused ${countProbes(forged)}; valid deliveries with odd types: ${countProbes(valid)}`)
}

function typed(what: string, type: string | undefined, request: SignedRequest): Probe {
  if (type === undefined) return { what, request: withoutHeader(request, 'content-type') }
  return { what, request: editHeader(request, 'content-type', () => type) }
}
