import { editProof, editProofHeader } from '../deliveries/edit-proof.js'
import { forgeDelivery } from '../deliveries/forge.js'
import { tolerance } from '../deliveries/scheme-traits.js'
import type { Probe } from '../examination.js'
import { countProbes } from '../judge-replies.js'
import { type Property, pass, unknown } from '../property.js'
import { describeReply, isAccepted } from '../wire/reply.js'

/** Different answers are common and mostly harmless, so this is a remark and never a failure. */
export const refusesAlike: Property = {
  name: 'refuses-alike',
  says: 'answers all refusals the same, so that a stranger learns nothing from them',
  hiddenBy: [
    'accepts-forged',
    'fails-on-forged',
    'hangs-on-refused',
    'crashes-on-short-signature',
    'dies-on-short-signature',
    'crashes-on-malformed',
  ],
  judge: async (examination) => {
    const { scheme, deliveries, now } = examination
    const stale = deliveries.make({ timestamp: now() - (tolerance(scheme).past * 2 + 60) * 1000 })
    const malformed = editProofHeader(scheme, deliveries.make(), () => 'garbage')
    const probes: readonly Probe[] = [
      { what: 'a forgery', request: forgeDelivery(scheme, deliveries) },
      { what: 'another forgery', request: forgeDelivery(scheme, deliveries) },
      { what: 'no proof', request: deliveries.make({ omitProof: true }) },
      ...(malformed ? [{ what: 'a malformed proof', request: malformed }] : []),
      {
        what: 'an old forgery',
        request: editProof(scheme, stale, (proof) => proof.replace(/[0-9a-f]/gi, '0')),
      },
    ]
    const tried = (await examination.sendAllInvalid(probes)).filter(({ reply }) => !isAccepted(reply))
    const [first, second] = tried
    // A body that differs each time, such as a request id, reveals no reason.
    const isVolatile = first?.reply.body !== second?.reply.body
    const answers = new Set(
      tried.map(({ reply }) => `${describeReply(reply)}\n${isVolatile ? '' : reply.body}`),
    )
    if (answers.size <= 1) return pass(`one answer to ${countProbes(tried)}`)
    const statuses = tried.map(({ what, reply }) => `${what}: ${describeReply(reply)}`).join(', ')
    return unknown(`${answers.size} answers to ${tried.length} reasons (${statuses})`, undefined, 'reveals-reason')
  },
}
