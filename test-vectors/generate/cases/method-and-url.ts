import { accepted, type CaseSet, refused } from '../case-draft.js'
import { alsoHeader } from '../edit-request.js'
import { createSubject } from '../subject.js'

/** For a scheme that signs method and URL. */
export const methodAndUrl: CaseSet = (subject) => {
  const request = subject.sign()
  const elsewhere = createSubject({
    ...subject,
    scheme: { ...subject.scheme, url: 'https://attacker.example/hooks' },
  })
  return [
    accepted(subject, {
      comment: 'another method the sender uses',
      flags: ['Normal'],
      request: subject.sign({ method: 'PUT' }),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'signed as a POST, sent as a PUT',
      flags: ['TamperedMethod'],
      request: { ...request, method: 'PUT' },
    }),
    accepted(subject, {
      comment: 'another path than that of the configured URL, as behind a proxy',
      flags: ['ForwardedHeaders'],
      request: { ...request, url: '/internal/path?query=1' },
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'signed for another URL, which forwarded headers claim',
      flags: ['ForwardedHeaders'],
      request: alsoHeader(
        alsoHeader(elsewhere.sign(), 'x-forwarded-host', 'attacker.example'),
        'x-original-url',
        'https://attacker.example/hooks',
      ),
    }),
  ]
}
