import { accepted, type CaseSet, refused } from '../case-draft.js'
import { headerOf, withHeader } from '../edit-request.js'
import type { Flag } from '../notes.js'
import { hmacOf, macText } from '../signature-form.js'

/** A pair with several signatures, with the same separator as between pairs. */
export const pairValues: CaseSet = (subject) => {
  const { header, pairs } = hmacOf(subject)
  const request = subject.sign()
  const mac = macText(subject, request)
  const wrong = macText(subject, subject.sign({ secret: subject.otherSecret }))
  const [time = ''] = headerOf(request, header).split(',')
  const key = pairs?.key ?? ''
  const value = (...parts: string[]) => withHeader(request, header, parts.join(','))
  const taken = (comment: string, flag: Flag, ...parts: string[]) =>
    accepted(subject, { comment, flags: [flag], request: value(...parts) })
  const malformed = (comment: string, flag: Flag, ...parts: string[]) =>
    refused('HEADER_MALFORMED', { comment, flags: [flag], request: value(...parts) })
  const ambiguous = (comment: string, flag: Flag, ...parts: string[]) =>
    refused('HEADER_AMBIGUOUS', { comment, flags: [flag], request: value(...parts) })
  return [
    taken('a wrong value, then the right one', 'SeveralSignatures', time, `${key}=${wrong}`, mac),
    taken('the right value, then a wrong one', 'SeveralSignatures', time, `${key}=${mac}`, wrong),
    taken('the signatures before the time', 'SeveralSignatures', `${key}=${wrong}`, mac, time),
    taken('two pairs of one value each', 'SeveralSignatures', time, `${key}=${wrong}`, `${key}=${mac}`),
    taken('a cut value, then the right one', 'SeveralSignatures', time, `${key}=${mac.slice(0, 32)}`, mac),
    taken('an empty value, then the right one', 'SeveralSignatures', time, `${key}=`, mac),
    taken(
      'the right value as the 15th',
      'SeveralSignatures',
      time,
      `${key}=${wrong}`,
      ...Array.from({ length: 13 }, () => wrong),
      mac,
    ),
    taken('a pair of another name between', 'UnknownVersion', time, 'id=evt_1', `${key}=${mac}`),
    malformed(
      'the right value as the 16th',
      'TooManyParts',
      time,
      `${key}=${wrong}`,
      ...Array.from({ length: 14 }, () => wrong),
      mac,
    ),
    malformed('the right value under another name', 'UnknownVersion', time, `v9=${wrong}`, mac),
    malformed('the right value behind a pair of another name', 'UnknownVersion', time, 'id=evt_1', mac),
    malformed('a value before any name', 'UnknownVersion', mac, time),
    ambiguous('a value behind the time', 'TwoTimes', time, mac, `${key}=${mac}`),
    ambiguous('the time twice, equal', 'RepeatedHeader', time, `${key}=${mac}`, time),
    ambiguous(
      'two headers, joined without a blank',
      'JoinedHeader',
      time,
      `${key}=${wrong}`,
      time,
      `${key}=${mac}`,
    ),
    ambiguous('two headers, joined', 'JoinedHeader', time, `${key}=${wrong}`, ` ${time}`, `${key}=${mac}`),
    ambiguous('a blank before a value', 'Blank', time, `${key}=${wrong}`, ` ${mac}`),
  ]
}
