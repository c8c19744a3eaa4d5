import { editProof, editProofHeader } from '../deliveries/edit-proof.js'
import type { Probe } from '../examination.js'
import { judgeRefused } from '../judge-replies.js'
import type { Property } from '../property.js'

export const requiresSignature: Property = {
  name: 'requires-signature',
  says: 'refuses a delivery without a proof, or with an empty one',
  hiddenBy: ['accepts-forged', 'accepts-truncated-signature'],
  judge: async (examination) => {
    const { scheme, deliveries } = examination
    const empty = editProofHeader(scheme, deliveries.make(), () => '')
    const probes: readonly Probe[] = [
      { what: 'no proof', request: deliveries.make({ omitProof: true }) },
      { what: 'an empty header', request: empty ?? editProof(scheme, deliveries.make(), () => '') },
      { what: 'an empty proof', request: editProof(scheme, deliveries.make(), () => '') },
    ]
    return judgeRefused(examination, await examination.allRefused(probes), 'accepts-missing-signature')
  },
}
