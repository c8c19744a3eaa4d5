import type { SchemeDescriptor } from '@countersign/core'
import { editProof } from '../deliveries/edit-proof.js'
import { forgedDelivery, scramble } from '../deliveries/forge.js'
import { signsBody } from '../deliveries/scheme-traits.js'
import type { Examination, Probe } from '../examination.js'
import { judgeRefused, listTried } from '../judge-replies.js'
import { fail, type Property } from '../property.js'
import { isAccepted, isFailure, kindOf } from '../wire/reply.js'

/** Comes before all that is malformed: its forgeries are as well-formed as the sender's own deliveries. */
export const refusesForged: Property = {
  name: 'refuses-forged',
  says: 'refuses a forgery, and does not handle it',
  judge: async (examination) => {
    const { handled, countRises, scheme } = examination
    const [known] = await examination.fresh()
    const before = countRises ? ((await handled?.settled()) ?? 0) : 0
    const tried = await examination.allRefused([
      ...forgeries(examination, scheme),
      ...(known ? [forgedCopy(scheme, known)] : []),
    ])
    for (const { reply } of tried) if (!isAccepted(reply)) examination.refusals.add(kindOf(reply))
    const judgement = judgeRefused(examination, tried, 'accepts-forged')
    if (judgement.verdict === 'fail') return judgement
    const failures = tried.filter(({ reply }) => isFailure(reply) || reply.end === 'dropped')
    if (failures.length > 0) return fail('fails-on-forged', listTried(failures))
    const ran = countRises ? ((await handled?.rise(before, 0)) ?? 0) : 0
    if (ran > 0 && !tried.some(({ reply }) => isAccepted(reply)))
      return fail('handles-refused', `refused ${tried.length} forgeries, and the handler ran ${ran} times`)
    return judgement
  },
}

function forgeries({ deliveries }: Examination, scheme: SchemeDescriptor): readonly Probe[] {
  const forge = () => forgedDelivery(scheme, deliveries)
  const kind = signsBody(scheme) ? 'a signature by another key' : 'another secret'
  return [
    { what: kind, request: forge() },
    { what: kind, request: forge() },
    { what: 'random characters for proof', request: editProof(scheme, deliveries.make(), scramble) },
  ]
}

/** Who looks for repetitions before the signature takes it for one. */
function forgedCopy(scheme: SchemeDescriptor, { request }: Probe): Probe {
  return { what: 'a forged copy of a handled delivery', request: editProof(scheme, request, scramble) }
}
