import { accepted, type CaseSet, refused } from '../case-draft.js'
import { headerOf, withHeader } from '../edit-request.js'
import { hmacOf, macText } from '../signature-form.js'

/** Signatures of several secrets in pairs with different names. */
export const pairNames: CaseSet = (subject) => {
  const { header, pairs } = hmacOf(subject)
  const request = subject.sign()
  const mac = macText(subject, request)
  const wrong = macText(subject, subject.sign({ secret: subject.otherSecret }))
  const separator = pairs?.separator ?? ''
  const [time = ''] = headerOf(request, header).split(separator)
  const [first = '', second = ''] = [pairs?.key, ...(pairs?.moreKeys ?? [])]
  const value = (...parts: string[]) => withHeader(request, header, [time, ...parts].join(separator))
  const flags = ['SeveralSignatures'] as const
  return [
    accepted(subject, {
      comment: 'the right signature under the second name alone',
      flags,
      request: value(`${second}=${mac}`),
    }),
    accepted(subject, {
      comment: 'a wrong signature under the first name, the right one under the second',
      flags,
      request: value(`${first}=${wrong}`, `${second}=${mac}`),
    }),
    refused('HEADER_MALFORMED', {
      comment: 'the right signature under the second name in upper case',
      flags: ['UnknownVersion'],
      request: value(`${second.toUpperCase()}=${mac}`),
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'wrong signatures under both names, the right one under a third',
      flags: ['UnknownVersion', 'WrongSecret'],
      request: value(`${first}=${wrong}`, `${second}=${wrong}`, `v3=${mac}`),
    }),
  ]
}
