import { decodePercent } from '../decode-percent.js'
import type { Fault } from '../types.js'

/** A fault that a secret's text can acquire on its way into the configuration, with its reversal. */
export interface TextFault {
  readonly cause: string
  readonly cost: number
  /** The possible original texts; none if this fault does not apply. */
  readonly revert: (text: string) => readonly (string | undefined)[]
}

/** The fault for an entry of the list. */
export function createFault({ cause, cost }: TextFault): Fault {
  return { cause, target: 'secret', cost }
}

const asciiSpace = /^[ \t\r\n\v\f]+|[ \t\r\n\v\f]+$/g
/** White space other than the plain space, and invisible characters: zero-width, directional marks, the BOM. */
const invisible = /(?! )[\p{Cf}\p{Z}]|\p{Variation_Selector}/gu
const quoted = /^(?:"(.*)"|'(.*)'|`(.*)`|“(.*)”|‘(.*)’|„(.*)[“”]|«(.*)»)$/s
const oneQuote = /^["'`“”‘’]|["'`“”‘’]$/g
const assignment = /^(?:export +|set +|\$env:)?[A-Za-z_][\w.-]*(?: *= *|: +)(\S.*)$/s
const authWord = /^(?:Bearer|Basic|Token|Secret|Key|HMAC)[ :]+(\S.*)$/i

/** Common faults cost 1; rarer explanations cost more. */
export const textFaults: readonly TextFault[] = [
  { cause: 'secret.surrounding-space', cost: 1, revert: (text) => [text.replace(asciiSpace, '')] },
  { cause: 'secret.quoted', cost: 1, revert: (text) => [quoted.exec(text)?.slice(1).find(isText)] },
  { cause: 'secret.invisible-char', cost: 1, revert: (text) => [without(invisible, text, '')] },
  { cause: 'secret.invisible-char', cost: 1.2, revert: (text) => [without(invisible, text, ' ')] },
  { cause: 'secret.url-encoded', cost: 1, revert: (text) => [decodePercent(text), formDecoded(text)] },
  { cause: 'secret.url-encoded', cost: 1.1, revert: (text) => [text.replaceAll(' ', '+')] },
  {
    cause: 'secret.escaped',
    cost: 1,
    revert: (text) => [jsonUnescaped(text), text.replace(/\\(.)/gs, '$1')],
  },
  { cause: 'secret.escaped', cost: 1, revert: (text) => [text.replace(/(?:\\r)?\\n$/, '')] },
  { cause: 'secret.html-escaped', cost: 1, revert: (text) => [entitiesDecoded(text)] },
  { cause: 'secret.dollar-doubled', cost: 1, revert: (text) => [text.replaceAll('$$', '$')] },
  { cause: 'secret.assignment-pasted', cost: 1, revert: (text) => [assignment.exec(text)?.[1]] },
  { cause: 'secret.assignment-pasted', cost: 1, revert: (text) => [authWord.exec(text)?.[1]] },
  { cause: 'secret.json-pasted', cost: 1, revert: jsonStrings },
  { cause: 'secret.several-in-one', cost: 1, revert: listMembers },
  { cause: 'secret.comment-kept', cost: 1, revert: (text) => [text.replace(/\s+(?:#|\/\/).*$/s, '')] },
  { cause: 'secret.inner-space', cost: 1.1, revert: (text) => [text.replace(/\s+/g, '')] },
  { cause: 'secret.inner-space', cost: 1.2, revert: (text) => [text.replace(/[ \t]*\r?\n[ \t]*/g, '\n')] },
  { cause: 'secret.pasted-twice', cost: 1, revert: (text) => [half(text)] },
  { cause: 'secret.base64-encoded', cost: 1.2, revert: (text) => [base64Decoded(text)] },
  {
    cause: 'secret.wrong-form',
    cost: 1.2,
    revert: (text) => [text.replace(/^0x/i, ''), text.replace(/[:-]/g, '')],
  },
  { cause: 'secret.case-changed', cost: 1.2, revert: (text) => [text.toLowerCase(), text.toUpperCase()] },
  {
    cause: 'secret.unicode-normalised',
    cost: 1.2,
    revert: (text) => [text.normalize('NFC'), text.normalize('NFD')],
  },
  { cause: 'secret.wrong-charset', cost: 1.2, revert: (text) => [mojibakeUndone(text)] },
  { cause: 'secret.extra-char', cost: 1.4, revert: (text) => [text.slice(0, -1), text.slice(1)] },
  { cause: 'secret.extra-char', cost: 1.5, revert: (text) => [without(oneQuote, text, '')] },
  {
    cause: 'secret.line-end-signed',
    cost: 1.3,
    revert: (text) => (/\s$/.test(text) ? [] : [`${text}\n`, `${text}\r\n`, `${text} `]),
  },
  {
    cause: 'secret.quotes-signed',
    cost: 1.5,
    revert: (text) => (/["']/.test(text) ? [] : [`"${text}"`, `'${text}'`]),
  },
  { cause: 'secret.url-decoded', cost: 1.4, revert: (text) => [percentEncoded(text)] },
]

function isText(text: string | undefined): boolean {
  return text !== undefined
}

function without(pattern: RegExp, text: string, replacement: string): string {
  return text.replace(pattern, replacement)
}

function percentEncoded(text: string): string | undefined {
  try {
    return encodeURIComponent(text)
  } catch {
    return undefined
  }
}

function formDecoded(text: string): string | undefined {
  return decodePercent(text.replaceAll('+', ' '))
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

/** Secret stores may return an object instead of one of its fields. */
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
  // `NAME=v1` is the start of a single secret, not a member of its own.
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
