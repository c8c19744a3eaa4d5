import type { SignedRequest } from '@countersign/testing'
import { editHeader, withoutHeader } from '../deliveries/edit-proof.js'
import { forgedDelivery } from '../deliveries/forge.js'
import type { Examination, Probe, Tried } from '../examination.js'
import { countTried, judgeAccepted, judgeRefused, listTried } from '../judge-replies.js'
import { fail, type Property, pass } from '../property.js'
import { isFailure } from '../wire/reply.js'

/** `isReadAsOther`: a receiver is right to read the body as that, and its handler to fail on what it finds. */
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
  says: 'refuses a forgery of any content type, and takes "application/json; charset=utf-8"',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, deliveries } = examination
    const forged = await examination.allRefused(
      types.map(({ type }) =>
        typed(`a forgery as ${type ?? 'no type'}`, type, forgedDelivery(scheme, deliveries)),
      ),
    )
    const refused = judgeRefused(examination, forged, 'trusts-content-type')
    if (refused.verdict !== 'pass') return refused
    const charset = await examination.allValid([
      typed('a valid delivery with charset=utf-8', 'application/json; charset=utf-8', deliveries.make()),
    ])
    const taken = judgeAccepted(examination, charset, 'refuses-charset')
    if (taken.verdict !== 'pass') return taken
    const failsAnyway = examination.faults.has('fails-on-forged')
    return judgeOdd(failsAnyway ? [] : forged, await tryValid(examination))
  },
}

async function tryValid(examination: Examination): Promise<readonly Tried[]> {
  const { deliveries } = examination
  return examination.allValid(
    types.map(({ type }) => typed(`a valid delivery as ${type ?? 'no type'}`, type, deliveries.make())),
  )
}

/** A delivery that is valid but for an odd type may be refused; it must be answered. */
function judgeOdd(forged: readonly Tried[], valid: readonly Tried[]) {
  const failures = [
    ...forged.filter(({ reply }) => isFailure(reply)),
    ...valid.filter(
      ({ reply }, index) => reply.end === 'silent' || (isFailure(reply) && !types[index]?.isReadAsOther),
    ),
  ]
  if (failures.length > 0) return fail('fails-on-content-type', listTried(failures))
  return pass(`refused ${countTried(forged)}; valid but odd: ${countTried(valid)}`)
}

function typed(what: string, type: string | undefined, request: SignedRequest): Probe {
  if (type === undefined) return { what, request: withoutHeader(request, 'content-type') }
  return { what, request: editHeader(request, 'content-type', () => type) }
}
