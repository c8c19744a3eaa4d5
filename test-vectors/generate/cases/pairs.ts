import { accepted, type CaseSet, refused } from '../case-draft.js'
import { withHeader } from '../edit-request.js'
import type { Flag } from '../notes.js'
import { hmacOf, macText } from '../signature-form.js'
import { sentAt } from '../subject.js'

/** Time and signatures in one header, as `name=value` pairs. */
export const pairs: CaseSet = (subject) => {
  const { header, pairs: form, encoding } = hmacOf(subject)
  const { timestamp } = subject.scheme
  if (!form || !timestamp || !('key' in timestamp) || timestamp.key === undefined)
    throw new Error('No pairs with a time.')
  const request = subject.sign()
  const mac = macText(subject, request)
  const { key, separator } = form
  const digits = String(timestamp.unit === 's' ? sentAt / 1_000 : sentAt)
  const t = `${timestamp.key}=${digits}`
  const right = `${key}=${mac}`
  const wrong = `${key}=${macText(subject, subject.sign({ secret: subject.otherSecret }))}`
  const value = (...parts: string[]) => withHeader(request, header, parts.join(separator))
  const taken = (comment: string, flag: Flag, ...parts: string[]) =>
    accepted(subject, { comment, flags: [flag], request: value(...parts) })
  const malformed = (comment: string, flag: Flag, ...parts: string[]) =>
    refused('HEADER_MALFORMED', { comment, flags: [flag], request: value(...parts) })
  const twice = (comment: string, ...parts: string[]) =>
    refused('HEADER_AMBIGUOUS', { comment, flags: ['RepeatedHeader'], request: value(...parts) })
  // Platforms that join two headers put a space after the comma.
  const afterBlank = (comment: string, ...parts: string[]) =>
    refused('HEADER_AMBIGUOUS', { comment, flags: ['Blank', 'JoinedHeader'], request: value(...parts) })
  const otherVersion = (name: string) => `${name}=${mac}`
  const filled = (length: number) =>
    ['v0='.padEnd(length - ['', t, right].join(separator).length, 'a'), t, right] as const
  const cut = `${key}=${Buffer.from(mac, encoding).subarray(0, 16).toString(encoding)}`
  return [
    taken('the signature before the time', 'SeveralSignatures', right, t),
    taken('a wrong signature, then the right one', 'SeveralSignatures', t, wrong, right),
    taken('the right signature, then a wrong one', 'SeveralSignatures', t, right, wrong),
    taken(
      'the right signature as the 15th',
      'SeveralSignatures',
      t,
      ...Array.from({ length: 14 }, () => wrong),
      right,
    ),
    taken('a signature of another version beside it', 'UnknownVersion', t, otherVersion('v0'), right),
    taken('names that objects inherit', 'UnknownVersion', '__proto__=x', t, 'constructor=x', right),
    taken('a part without a name', 'UnknownVersion', t, '=x', right),
    taken('a part without a value', 'UnknownVersion', t, 'x', right),
    taken('an empty part', 'UnknownVersion', t, '', right),
    taken('a cut signature, then the right one', 'SeveralSignatures', t, cut, right),
    taken('exactly 4,096 characters', 'UnknownVersion', ...filled(4_096)),
    malformed('4,097 characters', 'LongHeader', ...filled(4_097)),
    malformed(
      'the right signature as the 16th',
      'TooManyParts',
      t,
      ...Array.from({ length: 15 }, () => wrong),
      right,
    ),
    malformed('a thousand empty parts', 'TooManyParts', t, right, ...Array.from({ length: 1_000 }, () => '')),
    malformed('no time', 'MissingHeader', right),
    malformed('no signature', 'MissingHeader', t),
    malformed('only a signature of another version', 'UnknownVersion', t, otherVersion('v0')),
    malformed('the signature’s name in other case', 'UnknownVersion', t, otherVersion(key.toUpperCase())),
    malformed('the time’s name in other case', 'UnknownVersion', t.toUpperCase(), right),
    malformed('an empty signature', 'SignatureSpelling', t, `${key}=`),
    malformed('a signature’s name without a value', 'SignatureSpelling', t, key),
    malformed('two marks before the signature', 'SignatureSpelling', t, `${key}==${mac}`),
    afterBlank('a blank before the signature’s name', t, ` ${right}`),
    malformed('a blank behind the signature’s name', 'Blank', t, `${key} =${mac}`),
    malformed('a blank before the signature', 'Blank', t, `${key}= ${mac}`),
    afterBlank('a blank before the time’s name', right, ` ${t}`),
    refused('TIMESTAMP_MALFORMED', {
      comment: 'an empty time',
      flags: ['TimestampGrammar'],
      request: value(`${timestamp.key}=`, right),
    }),
    refused('TIMESTAMP_MALFORMED', {
      comment: 'two marks before the time',
      flags: ['TimestampGrammar'],
      request: value(`${timestamp.key}==${digits}`, right),
    }),
    twice('the time twice, equal', t, t, right),
    twice('the time twice, different', `${timestamp.key}=0`, t, right),
    twice('the time twice, at both ends', t, right, `${timestamp.key}=0`),
    refused('SIGNATURE_MISMATCH', {
      comment: 'two wrong signatures',
      flags: ['SeveralSignatures', 'WrongSecret'],
      request: value(t, wrong, wrong),
    }),
  ]
}
