import { serialisedForms } from '../deliveries/body-forms.js'
import { keyChanges } from '../deliveries/known-keys.js'
import { signsBody } from '../deliveries/scheme-traits.js'
import type { Examination } from '../examination.js'
import { fail, type Judgement } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** Why a valid delivery was refused, where another is taken that only a receiver with a certain fault would take. */
export async function explainRefusal(examination: Examination): Promise<Judgement | undefined> {
  const { scheme, deliveries } = examination
  for (const { what, fault, change } of keyChanges(scheme, examination.secret)) {
    const request = change(deliveries.make(), deliveries)
    if (!request) continue
    const { reply } = await examination.refused({ what, request })
    if (isAccepted(reply))
      return fail(fault, `refused a valid delivery, and took one with ${what} (${reply.status})`)
  }
  if (!signsBody(scheme)) return undefined
  for (const form of serialisedForms) {
    const { reply } = await examination.valid({ what: form.what, request: deliveries.make({ form }) })
    if (!isAccepted(reply)) continue
    deliveries.form = form
    examination.takesValid = true
    return fail('re-serialises-body', `refused compact JSON, and took ${form.what} (${reply.status})`)
  }
  const emptySigned = {
    ...deliveries.make({ form: { what: '', write: () => '' } }),
    body: deliveries.make().body,
  }
  const what = 'a signature of the empty body'
  const { reply } = await examination.refused({ what, request: emptySigned })
  return isAccepted(reply)
    ? fail('loses-body', `refused a valid delivery, and took ${what} (${reply.status})`)
    : undefined
}
