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
import { countTried, judgeAccepted, judgeRefused, listTried } from '../judge-replies.js'
import { notApplicable, type Property, pass } from '../property.js'
import { isAccepted } from '../wire/reply.js'

export const verifiesRawBytes: Property = {
  name: 'verifies-raw-bytes',
  says: 'verifies the bytes that came, not what a parser makes of them',
  hiddenBy: ['re-serialises-body'],
  judge: async (examination) => {
    const { scheme, deliveries, faults } = examination
    if (!signsBody(scheme)) return notApplicable('the proof covers no body')
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    const others = await examination.allValid(otherForms.map(honest(examination)))
    const accepted = judgeAccepted(examination, others, 're-serialises-body')
    if (accepted.verdict !== 'pass') return accepted
    if (!faults.has('accepts-forged')) {
      const trapped = judgeRefused(
        examination,
        await examination.allRefused(traps(examination)),
        're-serialises-body',
      )
      if (trapped.verdict === 'fail') return trapped
    }
    const beyondAscii = await examination.allValid([nonAscii].map(honest(examination)))
    const undecoded = judgeAccepted(examination, beyondAscii, 'decodes-body')
    if (undecoded.verdict !== 'pass') return undecoded
    const odd = await examination.allValid(oddForms.map(honest(examination)))
    const refused = odd.filter(({ reply }) => !isAccepted(reply))
    const remark = refused.length === 0 ? '' : `; refused, as a parser may: ${listTried(refused)}`
    return pass(
      `took ${countTried([...others, ...beyondAscii])}, and none that was signed as another text${remark}`,
    )
  },
}

function honest({ deliveries }: Examination): (form: BodyForm) => Probe {
  return (form) => ({ what: form.what, request: deliveries.make({ form }) })
}

/** The signature is of one text, and another comes that says the same: only who writes it anew finds it right. */
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
