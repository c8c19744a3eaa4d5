import { accepted, type CaseSet, refused } from '../case-draft.js'
import { headerOf, withHeader } from '../edit-request.js'
import type { Flag } from '../notes.js'
import { hmacOf, macText } from '../signature-form.js'
import { sentAt } from '../subject.js'

/** The time as the first member of a list, followed by signatures. */
export const timeInList: CaseSet = (subject) => {
  const { header, list } = hmacOf(subject)
  const separator = list?.separator ?? ''
  const request = subject.sign()
  const mac = macText(subject, request)
  const wrong = macText(subject, subject.sign({ secret: subject.otherSecret }))
  const [time = ''] = headerOf(request, header).split(separator)
  const value = (...members: string[]) => withHeader(request, header, members.join(separator))
  const taken = (comment: string, flag: Flag, ...members: string[]) =>
    accepted(subject, { comment, flags: [flag], request: value(...members) })
  const malformed = (comment: string, flag: Flag, ...members: string[]) =>
    refused('HEADER_MALFORMED', { comment, flags: [flag], request: value(...members) })
  const ambiguous = (comment: string, flag: Flag, ...members: string[]) =>
    refused('HEADER_AMBIGUOUS', { comment, flags: [flag], request: value(...members) })
  const otherTime = String(sentAt - 86_400_000)
  return [
    taken('a wrong signature, then the right one', 'SeveralSignatures', time, wrong, mac),
    taken('the right signature, then a wrong one', 'SeveralSignatures', time, mac, wrong),
    taken('a cut signature, then the right one', 'SeveralSignatures', time, mac.slice(0, 10), mac),
    taken(
      'the right signature as the 15th',
      'SeveralSignatures',
      time,
      ...Array.from({ length: 14 }, () => wrong),
      mac,
    ),
    malformed(
      'the right signature as the 16th',
      'TooManyParts',
      time,
      ...Array.from({ length: 15 }, () => wrong),
      mac,
    ),
    malformed('no signature', 'MissingHeader', time),
    malformed('an empty signature', 'SignatureSpelling', time, ''),
    refused('TIMESTAMP_MALFORMED', {
      comment: 'the signature before the time',
      flags: ['TimestampGrammar'],
      request: value(mac, wrong),
    }),
    refused('TIMESTAMP_MALFORMED', {
      comment: 'no time',
      flags: ['TimestampGrammar'],
      request: value('', mac),
    }),
    malformed('the right signature where the time belongs', 'MissingHeader', mac),
    ambiguous('the time twice, equal', 'TwoTimes', time, time, mac),
    ambiguous('another time behind the signed one', 'TwoTimes', time, otherTime, mac),
    ambiguous('another time before the signed one', 'TwoTimes', otherTime, time, mac),
    ambiguous('another time at the end', 'TwoTimes', time, mac, otherTime),
    ambiguous('the signature before the time, which is second', 'TwoTimes', mac, time, wrong),
    ambiguous('two headers, joined without a blank', 'JoinedHeader', time, wrong, time, mac),
    ambiguous('two headers, joined', 'JoinedHeader', time, wrong, ` ${time}`, mac),
    ambiguous('a blank before the signature', 'Blank', time, ` ${mac}`),
    refused('SIGNATURE_MISMATCH', {
      comment: 'two wrong signatures',
      flags: ['SeveralSignatures', 'WrongSecret'],
      request: value(time, wrong, wrong),
    }),
  ]
}
