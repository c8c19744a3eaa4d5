import { accepted, type CaseSet, refused } from '../case-draft.js'
import { alsoHeader, headerOf, withHeader, withoutHeader } from '../edit-request.js'
import { hmacOf } from '../signature-form.js'

/**
 * Signatures in separate headers.
 *
 * @param others names of two of the other headers, one of them the scheme's last one
 * @param beyond a name the scheme does not have
 */
export const severalHeaders =
  (others: readonly [string, string], beyond: string): CaseSet =>
  (subject) => {
    const { header } = hmacOf(subject)
    const request = subject.sign()
    const right = headerOf(request, header)
    const wrong = headerOf(subject.sign({ secret: subject.otherSecret }), header)
    const without = withoutHeader(request, header)
    const [second, last] = others
    const flags = ['SeveralSignatures'] as const
    const only = (name: string) => alsoHeader(without, name, right)
    const wrongFirst = withHeader(request, header, wrong)
    return [
      accepted(subject, { comment: `the right one in ${second} alone`, flags, request: only(second) }),
      accepted(subject, { comment: `the right one in ${last} alone`, flags, request: only(last) }),
      accepted(subject, {
        comment: `a wrong one in ${header}, the right one in ${last}`,
        flags,
        request: alsoHeader(wrongFirst, last, right),
      }),
      accepted(subject, {
        comment: `the right one in ${header}, a wrong one in ${last}`,
        flags,
        request: alsoHeader(request, last, wrong),
      }),
      accepted(subject, {
        comment: `a cut one in ${header}, the right one in ${second}`,
        flags,
        request: alsoHeader(withHeader(request, header, right.slice(0, 20)), second, right),
      }),
      accepted(subject, {
        comment: `the right one in ${second}, its name in upper case`,
        flags: ['HeaderCase'],
        request: only(second.toUpperCase()),
      }),
      refused('HEADER_MISSING', {
        comment: `the right one in ${beyond}`,
        flags: ['MissingHeader'],
        request: only(beyond),
      }),
      refused('SIGNATURE_MISMATCH', {
        comment: `a wrong one in ${header}, the right one in ${beyond}`,
        flags: ['SeveralSignatures', 'WrongSecret'],
        request: alsoHeader(wrongFirst, beyond, right),
      }),
      refused('SIGNATURE_MISMATCH', {
        comment: 'two wrong ones',
        flags: ['SeveralSignatures', 'WrongSecret'],
        request: alsoHeader(wrongFirst, second, wrong),
      }),
      refused('HEADER_AMBIGUOUS', {
        comment: `${second} twice`,
        flags: ['RepeatedHeader'],
        request: alsoHeader(alsoHeader(request, second, wrong), second, right),
      }),
      refused('HEADER_AMBIGUOUS', {
        comment: `${second} twice, joined`,
        flags: ['JoinedHeader'],
        request: alsoHeader(request, second, `${wrong}, ${right}`),
      }),
      refused('HEADER_MALFORMED', {
        comment: `an empty ${second} beside the right one`,
        flags: ['EmptyHeader'],
        request: alsoHeader(request, second, ''),
      }),
      refused('HEADER_MALFORMED', {
        comment: `${second} with 5,000 characters beside the right one`,
        flags: ['LongHeader'],
        request: alsoHeader(request, second, 'A'.repeat(5_000)),
      }),
    ]
  }
