import { serialisedForms } from '../deliveries/body-forms.js'
import { keyChanges } from '../deliveries/known-keys.js'
import { signsBody } from '../deliveries/scheme-traits.js'
import type { Examination } from '../examination.js'
import { fail, type Judgement } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** Explains why a valid delivery was refused, if the receiver accepts one that only a certain fault would accept. */
export async function explainRefusal(examination: Examination): Promise<Judgement | undefined> {
  const { scheme, deliveries } = examination
  for (const { what, fault, change } of keyChanges(scheme, examination.secret)) {
    const request = change(deliveries.make(), deliveries)
    if (!request) continue
    const { reply } = await examination.sendInvalid({ what, request })
    if (isAccepted(reply))
      return fail(fault, `refused a valid delivery, but accepted one with ${what} (${reply.status})`)
  }
  if (!signsBody(scheme)) return undefined
  for (const form of serialisedForms) {
    const { reply } = await examination.sendValid({ what: form.what, request: deliveries.make({ form }) })
    if (!isAccepted(reply)) continue
    deliveries.form = form
    examination.acceptsValid = true
    return fail('re-serialises-body', `refused compact JSON, but accepted ${form.what} (${reply.status})`)
  }
  const emptySigned = {
    ...deliveries.make({ form: { what: '', write: () => '' } }),
    body: deliveries.make().body,
  }
  const what = 'a signature over the empty body'
  const { reply } = await examination.sendInvalid({ what, request: emptySigned })
  return isAccepted(reply)
    ? fail('loses-body', `refused a valid delivery, but accepted ${what} (${reply.status})`)
    : undefined
}
