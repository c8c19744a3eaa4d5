import { accepted, type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { headerOf, withHeader } from '../edit-request.js'
import { hmacOf, macText, timePositionOf, withMac } from '../signature-form.js'
import type { Subject } from '../subject.js'

/** The right MAC in another spelling. */
export const macSpelling: CaseSet = (subject) => [
  ...(hmacOf(subject).encoding === 'hex' ? hexSpelling(subject) : base64Spelling(subject)),
  ...blanks(subject),
]

function hexSpelling(subject: Subject): readonly CaseDraft[] {
  const request = subject.sign()
  const hex = macText(subject, request)
  const same = (comment: string, text: string) =>
    accepted(subject, { comment, flags: ['HexCase'], request: withMac(subject, request, text) })
  return [
    same('the MAC in upper case', hex.toUpperCase()),
    same(
      'the MAC in mixed case',
      [...hex].map((digit, index) => (index % 2 ? digit : digit.toUpperCase())).join(''),
    ),
    ...wrongSpellings(subject, [
      ['0x before the MAC', `0x${hex}`],
      ['a letter beyond f for the last digit', `${hex.slice(0, -1)}g`],
      ['a letter beyond f in the middle', `${hex.slice(0, 32)}zz${hex.slice(34)}`],
      ['letters beyond f behind the MAC', `${hex}zz`],
      ['colons between the bytes', (hex.match(/../g) ?? []).join(':')],
      ['a full-width digit', `${hex.slice(0, -1)}\uff10`],
      ['the MAC in base64', Buffer.from(hex, 'hex').toString('base64')],
      ['the MAC as percent escapes', (hex.match(/../g) ?? []).map((byte) => `%${byte}`).join('')],
    ]),
  ]
}

function base64Spelling(subject: Subject): readonly CaseDraft[] {
  const { encoding } = hmacOf(subject)
  const mac = Buffer.from(macText(subject, subject.sign()), encoding)
  const padded = mac.toString('base64')
  const unpadded = mac.toString('base64url')
  if (!/[+/]/.test(padded))
    throw new Error(`The MAC of ${subject.scheme.name} is the same in both alphabets.`)
  const right = encoding === 'base64' ? padded : unpadded
  const last = right.search(/=*$/) - 1
  const common: readonly Spelling[] = [
    [
      'other bits behind the last byte',
      `${right.slice(0, last)}${nextLetter(right.charAt(last))}${right.slice(last + 1)}`,
    ],
    ['text behind the MAC', `${right}AAAA`],
    ['a stop inside the MAC', `${right.slice(0, 10)}.${right.slice(10)}`],
    ['the MAC in hex', mac.toString('hex')],
    ['the MAC as percent escapes', encodeURIComponent(padded)],
  ]
  const own: readonly Spelling[] =
    encoding === 'base64'
      ? [
          ['the URL-safe alphabet', padded.replaceAll('+', '-').replaceAll('/', '_')],
          ['no padding', padded.replaceAll('=', '')],
          ['more padding', `${padded}=`],
          ['a whole group of padding more', `${padded}====`],
          ['text behind the padding', `${padded}AA==`],
          ['a letter behind the padding', `${padded}A`],
        ]
      : [
          ['the plain alphabet', padded.replaceAll('=', '')],
          ['the plain alphabet and padding', padded],
          ['padding', `${unpadded}=`],
        ]
  return wrongSpellings(subject, [...own, ...common])
}

/** The letter whose value differs in the lowest bit, which is unused after the last byte of a MAC of 20, 32 or 64 bytes. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return alphabet.charAt(alphabet.indexOf(letter.replace('-', '+').replace('_', '/')) ^ 1)
}

type Spelling = readonly [comment: string, text: string]

function wrongSpellings(subject: Subject, spellings: readonly Spelling[]): readonly CaseDraft[] {
  const request = subject.sign()
  return spellings.map(([comment, text]) =>
    refused('HEADER_MALFORMED', {
      comment,
      flags: ['SignatureSpelling'],
      request: withMac(subject, request, text),
    }),
  )
}

/** HTTP strips spaces at the ends of a header and keeps those inside. */
function blanks(subject: Subject): readonly CaseDraft[] {
  const request = subject.sign()
  const { header, list } = hmacOf(subject)
  const value = headerOf(request, header)
  const mac = macText(subject, request)
  const inside = (comment: string, text: string) =>
    refused('HEADER_MALFORMED', { comment, flags: ['Blank'], request: withMac(subject, request, text) })
  // If the time is the first member, text before it belongs to the time.
  const before = timePositionOf(subject) === 0 ? 'TIMESTAMP_MALFORMED' : 'HEADER_MALFORMED'
  const around = (comment: string, text: string, reason: typeof before = 'HEADER_MALFORMED') =>
    refused(reason, {
      comment,
      flags: ['Blank'],
      request: withHeader(request, header, text),
      direct: true,
    })
  // In a list separated by spaces, another space makes an empty member.
  const isBlankList = list?.separator === ' '
  return [
    inside('a blank inside the MAC', `${mac.slice(0, 8)} ${mac.slice(8)}`),
    inside('a tab inside the MAC', `${mac.slice(0, 8)}\t${mac.slice(8)}`),
    ...(isBlankList
      ? []
      : [
          around('a blank before the header’s value', ` ${value}`, before),
          around('a blank behind the header’s value', `${value} `),
        ]),
    refused('HEADER_MALFORMED', {
      comment: 'text that is no signature',
      flags: ['SignatureSpelling'],
      request: withHeader(request, header, 'undefined'),
    }),
    around('a tab before the header’s value', `\t${value}`, before),
    around('a line feed behind the header’s value', `${value}\n`),
    around('a zero byte behind the header’s value', `${value}\0`),
  ]
}
