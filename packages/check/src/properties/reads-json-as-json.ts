import { randomUUID } from 'node:crypto'
import type { SignedRequest } from '@countersign/testing'
import { countRuns } from '../count-runs.js'
import { withText } from '../deliveries/body-forms.js'
import { editHeader } from '../deliveries/edit-proof.js'
import { classifyIdentity, idHeader, signsId } from '../deliveries/scheme-traits.js'
import type { Examination } from '../examination.js'
import { judgeByAnswers, judgeRuns } from '../judge-runs.js'
import { notApplicable, type Property, pass } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/**
 * Sends signed JSON that contains form-encoded text, which a visitor of the sender's site may have written. A receiver that parses
 * it as a form sees another event and runs the handler again; one that parses what was signed sees a repetition.
 */
export const readsJsonAsJson: Property = {
  name: 'reads-json-as-json',
  says: 'parses signed JSON as JSON, whatever the unsigned content type says',
  hiddenBy: ['trusts-content-type', 'runs-twice', 'runs-replays'],
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    const payload = deliveries.payload()
    if (classifyIdentity(scheme, payload) !== 'signed')
      return notApplicable('no signed id identifies an event')
    const first = deliveries.make({ payload, form: withText(formOf(deliveries.payload())) })
    const asForm = editHeader(first, 'content-type', () => 'application/x-www-form-urlencoded')
    const { tried, runs } = await countRuns(examination, 1, async () => [
      await examination.sendValid({ what: 'signed JSON', request: first }),
      await examination.sendValid({
        what: 'the same JSON as a form',
        request: withOtherId(examination, asForm),
      }),
    ])
    // A refusal is right as well: only the sender decides the type of a body.
    if (tried.slice(1).every(({ reply }) => !isAccepted(reply)) && (runs ?? 1) === 1)
      return pass('refused JSON sent as a form')
    const fault = 'reads-json-as-form'
    return judgeByAnswers(examination, judgeRuns(runs, 1, tried, fault), tried, fault)
  },
}

/** The payload as a form: as JSON in one field, and each of its fields on its own. */
function formOf(payload: unknown): string {
  const fields = Object.entries(payload as object).filter(([, value]) => typeof value === 'string')
  return `&${new URLSearchParams([['payload', JSON.stringify(payload)], ...fields])}&`
}

function withOtherId({ scheme }: Examination, request: SignedRequest): SignedRequest {
  const header = idHeader(scheme)
  return header === undefined || signsId(scheme) ? request : editHeader(request, header, () => randomUUID())
}
