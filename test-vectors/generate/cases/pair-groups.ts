import { accepted, type CaseSet, refused } from '../case-draft.js'
import { headerOf, withHeader } from '../edit-request.js'
import type { Flag } from '../notes.js'
import { hmacOf } from '../signature-form.js'
import { sentAt } from '../subject.js'

/** Time and signature of each secret as a group of pairs. */
export const pairGroups: CaseSet = (subject) => {
  const { header, pairs } = hmacOf(subject)
  const groupSeparator = pairs?.groups?.separator ?? ''
  const request = subject.sign()
  const right = headerOf(request, header)
  const wrong = headerOf(subject.sign({ secret: subject.otherSecret }), header)
  const [time = '', mac = ''] = right.split(pairs?.separator ?? '')
  const later = headerOf(subject.sign({ timestamp: sentAt + 1_000 }), header)
  const value = (...groups: string[]) => withHeader(request, header, groups.join(groupSeparator))
  const taken = (comment: string, flag: Flag, ...groups: string[]) =>
    accepted(subject, { comment, flags: [flag], request: value(...groups) })
  const malformed = (comment: string, flag: Flag, ...groups: string[]) =>
    refused('HEADER_MALFORMED', { comment, flags: [flag], request: value(...groups) })
  const twoTimes = (comment: string, ...groups: string[]) =>
    refused('HEADER_AMBIGUOUS', { comment, flags: ['TwoTimes'], request: value(...groups) })
  const joined = (comment: string, text: string) =>
    refused('HEADER_AMBIGUOUS', {
      comment,
      flags: ['JoinedHeader'],
      request: withHeader(request, header, text),
    })
  return [
    taken('a wrong group, then the right one', 'SeveralSignatures', wrong, right),
    taken('the right group, then a wrong one', 'SeveralSignatures', right, wrong),
    taken(
      'the right group as the 16th',
      'SeveralSignatures',
      ...Array.from({ length: 15 }, () => wrong),
      right,
    ),
    taken('a group of another version beside it', 'UnknownVersion', `${time},v0=${'0'.repeat(64)}`, right),
    malformed(
      'the right group as the 17th',
      'TooManyParts',
      ...Array.from({ length: 16 }, () => wrong),
      right,
    ),
    malformed(
      '17 signatures in two groups',
      'TooManyParts',
      [time, ...Array.from({ length: 9 }, () => mac)].join(','),
      [time, ...Array.from({ length: 8 }, () => mac)].join(','),
    ),
    twoTimes('another time in the second group, rightly signed', right, later),
    twoTimes('another time in the first group, rightly signed', later, right),
    twoTimes('the second group under a time written otherwise', right, right.replace('t=', 't=0')),
    malformed('no time in the second group', 'MissingHeader', right, mac),
    malformed('no time in the first group', 'MissingHeader', mac, right),
    malformed('a group with nothing in it', 'Blank', right, '', wrong),
    joined('two headers of a group each, joined', `${wrong}, ${right}`),
    joined('two headers of two groups each, joined', `${wrong} ${right}, ${wrong} ${right}`),
    joined('two headers joined without a blank', `${wrong},${right}`),
    joined('a comma behind the last group', `${right} ${wrong},`),
  ]
}
