import { randomUUID } from 'node:crypto'
import { editHeader, withoutHeader } from '../deliveries/edit-proof.js'
import { idHeader, signsId } from '../deliveries/scheme-traits.js'
import { judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property } from '../property.js'

export const bindsId: Property = {
  name: 'binds-id',
  says: 'refuses a delivery id that is not the signed one',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, deliveries } = examination
    const header = idHeader(scheme)
    if (header === undefined || !signsId(scheme)) return notApplicable('no delivery id is signed')
    const unsigned = {
      ...scheme,
      signedContent: scheme.signedContent?.replace(/\{id\}[^{]*/, '') ?? '{body}',
    }
    const tried = await examination.allRefused([
      { what: 'another id', request: editHeader(deliveries.make(), header, () => `msg_${randomUUID()}`) },
      { what: 'no id, signed as ""', request: withoutHeader(deliveries.make({ id: '' }), header) },
      { what: 'a signature without the id', request: deliveries.make({ scheme: unsigned }) },
    ])
    return judgeRefused(examination, tried, 'id-not-signed')
  },
}
