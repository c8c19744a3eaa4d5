import {
  type BodyForm,
  compact,
  nonAscii,
  oddForms,
  otherForms,
  serialisedForms,
} from '../deliveries/body-forms.js'
import { signsBody } from '../deliveries/scheme-traits.js'
import type { Examination, Probe } from '../examination.js'
import { countProbes, judgeAccepted, judgeRefused, listProbes } from '../judge-replies.js'
import { notApplicable, type Property, pass } from '../property.js'
import { isAccepted } from '../wire/reply.js'

export const verifiesRawBytes: Property = {
  name: 'verifies-raw-bytes',
  says: 'verifies the bytes as received, not re-serialised JSON',
  hiddenBy: ['re-serialises-body'],
  judge: async (examination) => {
    const { scheme, deliveries, faults } = examination
    if (!signsBody(scheme)) return notApplicable('the proof does not cover the body')
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    const others = await examination.sendAllValid(otherForms.map(validProbe(examination)))
    const accepted = judgeAccepted(examination, others, 're-serialises-body')
    if (accepted.verdict !== 'pass') return accepted
    if (!faults.has('accepts-forged')) {
      const trapped = judgeRefused(
        examination,
        await examination.sendAllInvalid(traps(examination)),
        're-serialises-body',
      )
      if (trapped.verdict === 'fail') return trapped
    }
    const beyondAscii = await examination.sendAllValid([nonAscii].map(validProbe(examination)))
    const undecoded = judgeAccepted(examination, beyondAscii, 'decodes-body')
    if (undecoded.verdict !== 'pass') return undecoded
    const odd = await examination.sendAllValid(oddForms.map(validProbe(examination)))
    const refused = odd.filter(({ reply }) => !isAccepted(reply))
    const remark = refused.length === 0 ? '' : `; refused, which a parser may do: ${listProbes(refused)}`
    return pass(
      `accepted ${countProbes([...others, ...beyondAscii])}, and none signed over other bytes${remark}`,
    )
  },
}

function validProbe({ deliveries }: Examination): (form: BodyForm) => Probe {
  return (form) => ({ what: form.what, request: deliveries.make({ form }) })
}

/** The body is other JSON text for the signed payload: only a receiver that re-serialises it accepts the signature. */
function traps({ deliveries }: Examination): readonly Probe[] {
  const sent = otherForms[0] ?? compact
  return [compact, ...serialisedForms]
    .filter(({ what }) => what !== sent.what)
    .map((signed) => {
      const payload = deliveries.payload()
      const request = deliveries.make({ payload, form: signed })
      return {
        what: `${sent.what}, signed as ${signed.what}`,
        request: { ...request, body: Buffer.from(sent.write(payload), 'utf8') },
      }
    })
}
