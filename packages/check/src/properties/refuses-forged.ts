import type { SchemeDescriptor } from '@countersign/core'
import { editProof } from '../deliveries/edit-proof.js'
import { forgeDelivery, scramble } from '../deliveries/forge.js'
import { signsBody } from '../deliveries/scheme-traits.js'
import type { Examination, Probe } from '../examination.js'
import { judgeRefused, listProbes } from '../judge-replies.js'
import { fail, type Property } from '../property.js'
import { classifyReply, isAccepted, isFailure } from '../wire/reply.js'

/** Runs before the malformed probes: these forgeries are as well-formed as the sender's own deliveries. */
export const refusesForged: Property = {
  name: 'refuses-forged',
  says: 'refuses a forgery, and does not handle it',
  judge: async (examination) => {
    const { handled, isCounted, scheme } = examination
    const [known] = await examination.freshDeliveries()
    const before = isCounted ? ((await handled?.settled()) ?? 0) : 0
    const tried = await examination.sendAllInvalid([
      ...forgeries(examination, scheme),
      ...(known ? [forgedCopy(scheme, known)] : []),
    ])
    for (const { reply } of tried) if (!isAccepted(reply)) examination.refusals.add(classifyReply(reply))
    const judgement = judgeRefused(examination, tried, 'accepts-forged')
    if (judgement.verdict === 'fail') return judgement
    const failures = tried.filter(({ reply }) => isFailure(reply) || reply.end === 'dropped')
    if (failures.length > 0) return fail('fails-on-forged', listProbes(failures))
    const ran = isCounted ? ((await handled?.countSince(before, 0)) ?? 0) : 0
    if (ran > 0 && !tried.some(({ reply }) => isAccepted(reply)))
      return fail('handles-refused', `refused ${tried.length} forgeries, but the handler ran ${ran} times`)
    return judgement
  },
}

function forgeries({ deliveries }: Examination, scheme: SchemeDescriptor): readonly Probe[] {
  const forge = () => forgeDelivery(scheme, deliveries)
  const kind = signsBody(scheme) ? 'a signature with another key' : 'another secret'
  return [
    { what: kind, request: forge() },
    { what: kind, request: forge() },
    { what: 'random characters as the proof', request: editProof(scheme, deliveries.make(), scramble) },
  ]
}

/** Catches a receiver that looks for repetitions before it verifies the signature. */
function forgedCopy(scheme: SchemeDescriptor, { request }: Probe): Probe {
  return { what: 'a forged copy of a handled delivery', request: editProof(scheme, request, scramble) }
}
