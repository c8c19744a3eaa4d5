import { accepted, type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { headerOf, withHeader } from '../edit-request.js'
import type { Flag } from '../notes.js'
import { hmacOf, macText } from '../signature-form.js'
import type { Subject } from '../subject.js'

/** Several signatures in one header, as a list with a separator. */
export const lists: CaseSet = (subject) => {
  const { header, prefix = '', list, encoding } = hmacOf(subject)
  const separator = list?.separator ?? ''
  const request = subject.sign()
  const right = headerOf(request, header)
  const wrong = headerOf(subject.sign({ secret: subject.otherSecret }), header)
  const mac = macText(subject, request)
  const unknown = `${prefix.replace('1', '2')}${mac}`
  const value = (...members: string[]) => withHeader(request, header, members.join(separator))
  const taken = (comment: string, flag: Flag, ...members: string[]) =>
    accepted(subject, { comment, flags: [flag], request: value(...members) })
  const malformed = (comment: string, flag: Flag, ...members: string[]) =>
    refused('HEADER_MALFORMED', { comment, flags: [flag], request: value(...members) })
  const filled = (length: number) =>
    [unknown.padEnd(length - separator.length - right.length, 'A'), right] as const
  const cut = `${prefix}${Buffer.from(mac, encoding).subarray(0, 16).toString(encoding)}`
  return [
    taken('a wrong signature, then the right one', 'SeveralSignatures', wrong, right),
    taken('the right signature, then a wrong one', 'SeveralSignatures', right, wrong),
    taken('the right signature twice', 'SeveralSignatures', right, right),
    taken(
      'the right signature as the 16th',
      'SeveralSignatures',
      ...Array.from({ length: 15 }, () => wrong),
      right,
    ),
    taken('an unknown version, then the right signature', 'UnknownVersion', unknown, right),
    taken('the right signature, then an unknown version', 'UnknownVersion', right, unknown),
    taken('an undecodable signature, then the right one', 'SeveralSignatures', `${prefix}!`, right),
    taken('a cut signature, then the right one', 'SeveralSignatures', cut, right),
    taken('an empty member, then the right signature', 'SeveralSignatures', '', right),
    taken('exactly 4,096 characters', 'UnknownVersion', ...filled(4_096)),
    malformed('4,097 characters', 'LongHeader', ...filled(4_097)),
    malformed(
      'the right signature as the 17th',
      'TooManyParts',
      ...Array.from({ length: 16 }, () => wrong),
      right,
    ),
    malformed(
      'a thousand empty members',
      'TooManyParts',
      right,
      ...Array.from({ length: 1_000 }, () => ''),
      right,
    ),
    malformed('an unknown version alone, with the right MAC', 'UnknownVersion', unknown),
    malformed('a version without a signature', 'TruncatedMac', prefix),
    malformed('the right MAC cut in two members', 'TruncatedMac', right.slice(0, 30), right.slice(30)),
    malformed('only undecodable signatures', 'SignatureSpelling', `${prefix}!`, `${prefix}?`),
    refused('SIGNATURE_MISMATCH', {
      comment: 'two wrong signatures',
      flags: ['SeveralSignatures', 'WrongSecret'],
      request: value(wrong, wrong),
    }),
    ...joinedLists(subject, right, wrong, unknown),
  ]
}

/** Two lists joined by a comma and a space. */
function joinedLists(subject: Subject, right: string, wrong: string, unknown: string): readonly CaseDraft[] {
  const { header, list } = hmacOf(subject)
  const joined = (comment: string, text: string) =>
    refused('HEADER_AMBIGUOUS', {
      comment,
      flags: ['JoinedHeader'],
      request: withHeader(subject.sign(), header, text),
    })
  const separator = list?.separator ?? ''
  return [
    joined('two lists, joined', `${wrong}${separator}${right}, ${right}`),
    joined('two lists, joined, an unknown version before the comma', `${unknown}, ${right}`),
  ]
}
