import { accepted, type CaseSet, refused } from '../case-draft.js'
import { alsoHeader, headerOf, withHeader } from '../edit-request.js'
import { hmacOf } from '../signature-form.js'

/** The signature's header once for each secret, or joined by a platform. */
export const repeatedHeader: CaseSet = (subject) => {
  const { header } = hmacOf(subject)
  const request = subject.sign()
  const right = headerOf(request, header)
  const wrong = headerOf(subject.sign({ secret: subject.otherSecret }), header)
  const [first = '', ...names] = [header, header.toUpperCase()]
  const sent = (...values: string[]) =>
    values
      .slice(1)
      .reduce(
        (made, value, index) => alsoHeader(made, index === 0 ? (names[0] ?? header) : header, value),
        withHeader(request, first, values[0] ?? ''),
      )
  const flags = ['SeveralSignatures'] as const
  const twice = (comment: string, ...values: string[]) =>
    accepted(subject, { comment, flags, request: sent(...values) })
  const joined = (comment: string, value: string) =>
    accepted(subject, { comment, flags: ['JoinedHeader'], request: withHeader(request, header, value) })
  const malformed = (
    comment: string,
    flag: 'TooManyParts' | 'SignatureSpelling' | 'EmptyHeader',
    ...values: string[]
  ) => refused('HEADER_MALFORMED', { comment, flags: [flag], request: sent(...values) })
  return [
    twice('a wrong one, then the right one', wrong, right),
    twice('the right one, then a wrong one', right, wrong),
    twice('the right one twice', right, right),
    twice('the right one as the 16th', ...Array.from({ length: 15 }, () => wrong), right),
    twice('one of another version, then the right one', right.replace('sha256', 'sha999'), right),
    twice('an empty one, then the right one', '', right),
    joined('joined with a comma and a blank', `${wrong}, ${right}`),
    joined('joined with a comma', `${wrong},${right}`),
    joined('joined with a comma and a tab', `${wrong},\t${right}`),
    malformed('the right one as the 17th', 'TooManyParts', ...Array.from({ length: 16 }, () => wrong), right),
    malformed('the right one cut in two headers', 'SignatureSpelling', right.slice(0, 30), right.slice(30)),
    malformed('two empty ones', 'EmptyHeader', '', ''),
    refused('SIGNATURE_MISMATCH', {
      comment: 'two wrong ones',
      flags: ['SeveralSignatures', 'WrongSecret'],
      request: sent(wrong, wrong),
    }),
  ]
}
