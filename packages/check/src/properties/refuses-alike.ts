import { editProof, editProofHeader } from '../deliveries/edit-proof.js'
import { forgedDelivery } from '../deliveries/forge.js'
import { tolerance } from '../deliveries/scheme-traits.js'
import type { Probe } from '../examination.js'
import { countTried } from '../judge-replies.js'
import { type Property, pass, unknown } from '../property.js'
import { describeEnd, isAccepted } from '../wire/reply.js'

/** Different answers are common and mostly harmless, so that they are a remark and no failure. */
export const refusesAlike: Property = {
  name: 'refuses-alike',
  says: 'answers all refusals alike, so that a stranger learns nothing from them',
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
      { what: 'a forgery', request: forgedDelivery(scheme, deliveries) },
      { what: 'another forgery', request: forgedDelivery(scheme, deliveries) },
      { what: 'no proof', request: deliveries.make({ omitProof: true }) },
      ...(malformed ? [{ what: 'a malformed proof', request: malformed }] : []),
      {
        what: 'an old forgery',
        request: editProof(scheme, stale, (proof) => proof.replace(/[0-9a-f]/gi, '0')),
      },
    ]
    const tried = (await examination.allRefused(probes)).filter(({ reply }) => !isAccepted(reply))
    const [first, second] = tried
    // An answer that is never twice the same tells no reason by that.
    const isVolatile = first?.reply.body !== second?.reply.body
    const answers = new Set(
      tried.map(({ reply }) => `${describeEnd(reply)}\n${isVolatile ? '' : reply.body}`),
    )
    if (answers.size <= 1) return pass(`one answer to ${countTried(tried)}`)
    const statuses = tried.map(({ what, reply }) => `${what}: ${describeEnd(reply)}`).join(', ')
    return unknown(`${answers.size} answers to ${tried.length} reasons (${statuses})`, undefined, 'tells-why')
  },
}
