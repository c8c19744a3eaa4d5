import { type CaseSet, refused } from '../case-draft.js'
import { withHeader } from '../edit-request.js'
import { hmacOf, macText } from '../signature-form.js'

/** The text before the MAC, for schemes with a prefix. */
export const prefixes: CaseSet = (subject) => {
  const { header, prefix = '' } = hmacOf(subject)
  const request = subject.sign()
  const mac = macText(subject, request)
  const wrong = (comment: string, text: string) =>
    refused('HEADER_MALFORMED', { comment, flags: ['Prefix'], request: withHeader(request, header, text) })
  const name = prefix.slice(0, -1)
  const mark = prefix.slice(-1)
  return [
    wrong('no prefix', mac),
    wrong('the prefix alone', prefix),
    // More commas than the scheme uses mean that a platform has joined two headers.
    refused(prefix.includes(',') ? 'HEADER_AMBIGUOUS' : 'HEADER_MALFORMED', {
      comment: 'the prefix twice',
      flags: ['Prefix'],
      request: withHeader(request, header, `${prefix}${prefix}${mac}`),
    }),
    wrong('the prefix in upper case', `${prefix.toUpperCase()}${mac}`),
    wrong('the prefix without its last character', `${name}${mac}`),
    wrong('the prefix without its first character', `${prefix.slice(1)}${mac}`),
    wrong('another mark behind the prefix', `${name}:${mac}`),
    wrong('a blank behind the prefix', `${prefix} ${mac}`),
    wrong('a blank before the mark', `${name} ${mark}${mac}`),
    wrong('the prefix behind the MAC', `${mac}${prefix}`),
    wrong('quotes around the MAC', `${prefix}"${mac}"`),
  ]
}
