import { randomUUID } from 'node:crypto'
import type { SignedRequest } from '@countersign/testing'
import { countRuns } from '../count-runs.js'
import { withText } from '../deliveries/body-forms.js'
import { editHeader } from '../deliveries/edit-proof.js'
import { identityOf, idHeader, signsId } from '../deliveries/scheme-traits.js'
import type { Examination } from '../examination.js'
import { judgeByAnswers, judgeRuns } from '../judge-runs.js'
import { notApplicable, type Property, pass } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/**
 * Text in a signed JSON that is a form, where the JSON is read as one: a visitor of the sender may have written it. Read so, it is
 * another event, for which the handler runs; read as what was signed, it is the one before.
 */
export const readsJsonAsJson: Property = {
  name: 'reads-json-as-json',
  says: 'reads signed JSON as JSON, whatever the content type says, which is not signed',
  hiddenBy: ['trusts-content-type', 'runs-twice', 'runs-replays'],
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    const payload = deliveries.payload()
    if (identityOf(scheme, payload) !== 'signed')
      return notApplicable('no signed id tells one event from another')
    const first = deliveries.make({ payload, form: withText(formOf(deliveries.payload())) })
    const asForm = editHeader(first, 'content-type', () => 'application/x-www-form-urlencoded')
    const { tried, runs } = await countRuns(examination, 1, async () => [
      await examination.valid({ what: 'signed JSON', request: first }),
      await examination.valid({ what: 'the same, called a form', request: withOtherId(examination, asForm) }),
    ])
    // A refusal is right as well: nobody but the sender says what type a body has.
    if (tried.slice(1).every(({ reply }) => !isAccepted(reply)) && (runs ?? 1) === 1)
      return pass('refused what was called a form')
    const fault = 'reads-json-as-form'
    return judgeByAnswers(examination, judgeRuns(runs, 1, tried, fault), tried, fault)
  },
}

/** The payload as a form has it: whole in a field, and each of its fields. */
function formOf(payload: unknown): string {
  const fields = Object.entries(payload as object).filter(([, value]) => typeof value === 'string')
  return `&${new URLSearchParams([['payload', JSON.stringify(payload)], ...fields])}&`
}

function withOtherId({ scheme }: Examination, request: SignedRequest): SignedRequest {
  const header = idHeader(scheme)
  return header === undefined || signsId(scheme) ? request : editHeader(request, header, () => randomUUID())
}
