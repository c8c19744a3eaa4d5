import type { Fault } from '../types.js'

/** What may have happened to a secret's text on its way into the configuration, undone. */
export interface TextFault {
  readonly cause: string
  readonly cost: number
  /** The texts there may have been before; none where this did not happen. */
  readonly undo: (text: string) => readonly (string | undefined)[]
}

/** The fault of an entry of the list. */
export function faultOf({ cause, cost }: TextFault): Fault {
  return { cause, target: 'secret', cost }
}

const asciiSpace = /^[ \t\r\n\v\f]+|[ \t\r\n\v\f]+$/g
/** Blanks other than the space, and what is not seen at all: zero-width characters, marks of direction, the BOM. */
const invisible = /(?! )[\p{Cf}\p{Z}]|\p{Variation_Selector}/gu
const quoted = /^(?:"(.*)"|'(.*)'|`(.*)`|“(.*)”|‘(.*)’|„(.*)[“”]|«(.*)»)$/s
const oneQuote = /^["'`“”‘’]|["'`“”‘’]$/g
const assignment = /^(?:export +|set +|\$env:)?[A-Za-z_][\w.-]*(?: *= *|: +)(\S.*)$/s
const authWord = /^(?:Bearer|Basic|Token|Secret|Key|HMAC)[ :]+(\S.*)$/i

/** Ordinary faults cost 1; the dearer ones would explain the same only by a longer way. */
export const textFaults: readonly TextFault[] = [
  { cause: 'secret.surrounding-space', cost: 1, undo: (text) => [text.replace(asciiSpace, '')] },
  { cause: 'secret.quoted', cost: 1, undo: (text) => [quoted.exec(text)?.slice(1).find(isText)] },
  { cause: 'secret.invisible-char', cost: 1, undo: (text) => [without(invisible, text, '')] },
  { cause: 'secret.invisible-char', cost: 1.2, undo: (text) => [without(invisible, text, ' ')] },
  { cause: 'secret.url-encoded', cost: 1, undo: (text) => [percentDecoded(text), formDecoded(text)] },
  { cause: 'secret.url-encoded', cost: 1.1, undo: (text) => [text.replaceAll(' ', '+')] },
  { cause: 'secret.escaped', cost: 1, undo: (text) => [jsonUnescaped(text), text.replace(/\\(.)/gs, '$1')] },
  { cause: 'secret.escaped', cost: 1, undo: (text) => [text.replace(/(?:\\r)?\\n$/, '')] },
  { cause: 'secret.html-escaped', cost: 1, undo: (text) => [entitiesDecoded(text)] },
  { cause: 'secret.dollar-doubled', cost: 1, undo: (text) => [text.replaceAll('$$', '$')] },
  { cause: 'secret.assignment-pasted', cost: 1, undo: (text) => [assignment.exec(text)?.[1]] },
  { cause: 'secret.assignment-pasted', cost: 1, undo: (text) => [authWord.exec(text)?.[1]] },
  { cause: 'secret.json-pasted', cost: 1, undo: jsonStrings },
  { cause: 'secret.several-in-one', cost: 1, undo: listMembers },
  { cause: 'secret.comment-kept', cost: 1, undo: (text) => [text.replace(/\s+(?:#|\/\/).*$/s, '')] },
  { cause: 'secret.inner-space', cost: 1.1, undo: (text) => [text.replace(/\s+/g, '')] },
  { cause: 'secret.inner-space', cost: 1.2, undo: (text) => [text.replace(/[ \t]*\r?\n[ \t]*/g, '\n')] },
  { cause: 'secret.pasted-twice', cost: 1, undo: (text) => [half(text)] },
  { cause: 'secret.base64-encoded', cost: 1.2, undo: (text) => [base64Decoded(text)] },
  {
    cause: 'secret.wrong-form',
    cost: 1.2,
    undo: (text) => [text.replace(/^0x/i, ''), text.replace(/[:-]/g, '')],
  },
  { cause: 'secret.case-changed', cost: 1.2, undo: (text) => [text.toLowerCase(), text.toUpperCase()] },
  {
    cause: 'secret.unicode-normalised',
    cost: 1.2,
    undo: (text) => [text.normalize('NFC'), text.normalize('NFD')],
  },
  { cause: 'secret.wrong-charset', cost: 1.2, undo: (text) => [mojibakeUndone(text)] },
  { cause: 'secret.extra-char', cost: 1.4, undo: (text) => [text.slice(0, -1), text.slice(1)] },
  { cause: 'secret.extra-char', cost: 1.5, undo: (text) => [without(oneQuote, text, '')] },
  {
    cause: 'secret.line-end-signed',
    cost: 1.3,
    undo: (text) => (/\s$/.test(text) ? [] : [`${text}\n`, `${text}\r\n`, `${text} `]),
  },
  {
    cause: 'secret.quotes-signed',
    cost: 1.5,
    undo: (text) => (/["']/.test(text) ? [] : [`"${text}"`, `'${text}'`]),
  },
  { cause: 'secret.url-decoded', cost: 1.4, undo: (text) => [percentEncoded(text)] },
]

function isText(text: string | undefined): boolean {
  return text !== undefined
}

function without(pattern: RegExp, text: string, replacement: string): string {
  return text.replace(pattern, replacement)
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function percentEncoded(text: string): string | undefined {
  try {
    return encodeURIComponent(text)
  } catch {
    return undefined
  }
}

function formDecoded(text: string): string | undefined {
  return percentDecoded(text.replaceAll('+', ' '))
}

function jsonUnescaped(text: string): string | undefined {
  if (!text.includes('\\')) return undefined
  try {
    const value: unknown = JSON.parse(`"${text.replace(/^"|"$/g, '')}"`)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&#x2F;': '/',
  '&#x3D;': '=',
}

function entitiesDecoded(text: string): string {
  return text.replace(/&#?\w+;/g, (entity) => entities[entity] ?? entity)
}

/** Secret stores hand over an object where one field of it was asked for. */
function jsonStrings(text: string): readonly string[] {
  if (!/^\s*[[{]/.test(text)) return []
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? Object.values(value).filter(isString) : []
  } catch {
    return []
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function listMembers(text: string): readonly string[] {
  // `NAME=v1` is the beginning of the one secret that follows it.
  const members = text
    .split(/\s*[,;|\n]\s*|\s+/)
    .filter((member) => member.length >= 8 && !/[=:]v\d{1,3}$/i.test(member))
  return members.length > 1 ? members.slice(0, 8) : []
}

function half(text: string): string | undefined {
  const middle = text.slice(0, text.length / 2)
  return text.length >= 8 && text === middle + middle ? middle : undefined
}

/** Kubernetes and others store text as base64. */
function base64Decoded(text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) return undefined
  const decoded = bytes.toString('utf8')
  return /^[\x20-\x7e]+\n?$/.test(decoded) ? decoded : undefined
}

function mojibakeUndone(text: string): string | undefined {
  if (!/[\x80-\xff]/.test(text)) return undefined
  const bytes = Buffer.from(text, 'latin1')
  const decoded = bytes.toString('utf8')
  return bytes.toString('latin1') === text && !decoded.includes('\ufffd') ? decoded : undefined
}
