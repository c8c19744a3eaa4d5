import { type CaseSet, refused } from '../case-draft.js'
import { hmacOf, macBytes, withMac } from '../signature-form.js'

/** The right MAC in every wrong length. */
export const macLengths: CaseSet = (subject) => {
  const request = subject.sign()
  const mac = macBytes(subject, request)
  const { encoding } = hmacOf(subject)
  const longer = [mac.length + 1, mac.length + 16, mac.length * 2]
  return [
    ...Array.from({ length: mac.length }, (_, length) =>
      refused('HEADER_MALFORMED', {
        comment: `the first ${length} bytes of the right MAC`,
        flags: ['TruncatedMac'],
        request: withMac(subject, request, mac.subarray(0, length)),
      }),
    ),
    ...longer.map((length) =>
      refused('HEADER_MALFORMED', {
        comment: `the right MAC, repeated to ${length} bytes`,
        flags: ['ExtendedMac'],
        request: withMac(subject, request, Buffer.concat([mac, mac]).subarray(0, length)),
      }),
    ),
    ...(encoding === 'hex' ? halves : []).map(([comment, edit]) =>
      refused('HEADER_MALFORMED', {
        comment,
        flags: ['TruncatedMac'],
        request: withMac(subject, request, edit(mac.toString('hex'))),
      }),
    ),
  ]
}

/** An odd number of hex digits, which a decoder may round up or down. */
const halves: readonly (readonly [comment: string, edit: (hex: string) => string])[] = [
  ['the right MAC without its last digit', (hex) => hex.slice(0, -1)],
  ['the right MAC without its first digit', (hex) => hex.slice(1)],
  ['the right MAC with one digit more', (hex) => `${hex}0`],
]
