import { type CaseSet, refused } from '../case-draft.js'
import { alsoHeader, headerOf, withHeader, withoutHeader } from '../edit-request.js'
import { proofHeaderOf } from '../signature-form.js'

/** The proof's header is missing, empty, elsewhere or too long. */
export const absence: CaseSet = (subject) => {
  const request = subject.sign()
  const header = proofHeaderOf(subject)
  const value = headerOf(request, header)
  return [
    refused('HEADER_MISSING', {
      comment: `no ${header}`,
      flags: ['MissingHeader'],
      request: withoutHeader(request, header),
    }),
    refused('HEADER_MISSING', {
      comment: 'the proof under a name that objects inherit',
      flags: ['MissingHeader', 'HostileName'],
      request: alsoHeader(withoutHeader(request, header), '__proto__', value),
    }),
    refused('HEADER_MISSING', {
      comment: 'the proof under a longer name',
      flags: ['MissingHeader'],
      request: alsoHeader(withoutHeader(request, header), `${header}-2`, value),
    }),
    refused('HEADER_MALFORMED', {
      comment: `an empty ${header}`,
      flags: ['EmptyHeader'],
      request: withHeader(request, header, ''),
    }),
    refused('HEADER_MALFORMED', {
      comment: 'the proof with 5,000 characters behind it',
      flags: ['LongHeader'],
      request: withHeader(request, header, `${value}${'a'.repeat(5_000)}`),
    }),
  ]
}
