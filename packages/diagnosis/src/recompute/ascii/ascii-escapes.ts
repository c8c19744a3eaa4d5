import { entityCharacters, entityNames } from './entity-names.js'

/** One way to write characters beyond ASCII in ASCII, and back. All else of a text stays as it is. */
export interface AsciiEscape {
  readonly cost: number
  /** Writes a run of such characters. */
  readonly write: (characters: string) => string
  /** Reads what such a way writes; what stands for ASCII stays. */
  readonly read: (text: string) => string
}

const beyondAscii = /[\u0080-\uffff]+/g

/** The text with each run of characters beyond ASCII written another way. */
export function replaceBeyondAscii(text: string, write: (characters: string) => string): string {
  return text.replace(beyondAscii, write)
}

const each = (write: (code: number) => string) => (characters: string) =>
  [...characters].map((character) => write(character.codePointAt(0) ?? 0)).join('')
const eachUnit = (write: (code: number) => string) => (characters: string) =>
  Array.from({ length: characters.length }, (_, at) => write(characters.charCodeAt(at))).join('')
const eachByte = (write: (byte: number) => string) => (characters: string) =>
  [...Buffer.from(characters, 'utf8')].map(write).join('')

const hex = (code: number, digits = 1) => code.toString(16).padStart(digits, '0')
const upperHex = (code: number, digits = 1) => hex(code, digits).toUpperCase()
const backslashed = (code: number) =>
  code < 0x100 ? `\\x${hex(code, 2)}` : code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
const named = (code: number) => `&${entityNames.get(String.fromCodePoint(code)) ?? `#${code}`};`

/** The commoner first. What JSON's writers do with `\u` in JSON is cheaper there. */
export const asciiEscapes: readonly AsciiEscape[] = [
  { cost: 0.9, write: each((code) => `&#${code};`), read: readEntities },
  { cost: 0.92, write: each((code) => `&#x${hex(code)};`), read: readEntities },
  { cost: 0.92, write: each((code) => `&#x${upperHex(code)};`), read: readEntities },
  { cost: 0.92, write: each(named), read: readEntities },
  {
    cost: 0.94,
    write: eachByte((byte) => `%${upperHex(byte, 2)}`),
    read: readBytes(/(?:%[89a-f][0-9a-f])+/gi),
  },
  { cost: 0.96, write: eachByte((byte) => `%${hex(byte, 2)}`), read: readBytes(/(?:%[89a-f][0-9a-f])+/gi) },
  { cost: 1.3, write: eachUnit((unit) => `\\u${hex(unit, 4)}`), read: readBackslashes },
  { cost: 1.3, write: eachUnit((unit) => `\\u${upperHex(unit, 4)}`), read: readBackslashes },
  { cost: 1.3, write: each(backslashed), read: readBackslashes },
  { cost: 1.3, write: each((code) => `\\u{${hex(code)}}`), read: readBackslashes },
  {
    cost: 1.3,
    write: eachByte((byte) => `\\x${hex(byte, 2)}`),
    read: readBytes(/(?:\\x[89a-f][0-9a-f])+/gi),
  },
  // JavaScript's escape(), and mail's quoted-printable (RFC 2045).
  {
    cost: 1.3,
    write: eachUnit((unit) => (unit < 0x100 ? `%${upperHex(unit, 2)}` : `%u${upperHex(unit, 4)}`)),
    read: readEscape,
  },
  {
    cost: 1.3,
    write: eachByte((byte) => `=${upperHex(byte, 2)}`),
    read: readBytes(/(?:=[89a-f][0-9a-f])+/gi),
  },
]

function characterOf(code: number, whole: string): string {
  return code >= 0x80 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

function readEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]\w{1,7}));/gi,
    (whole, decimal, digits, name) => {
      if (name !== undefined) return entityCharacters.get(name) ?? whole
      return characterOf(decimal === undefined ? Number.parseInt(digits, 16) : Number(decimal), whole)
    },
  )
}

/** Python's `\U` has eight digits, and comes before the `\u` of four. */
function readBackslashes(text: string): string {
  return text.replace(
    /\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2}))/g,
    (whole, ...groups: (string | undefined)[]) => {
      const digits = groups.slice(0, 4).find((found) => found !== undefined) ?? '0'
      return characterOf(Number.parseInt(digits, 16), whole)
    },
  )
}

function readEscape(text: string): string {
  return text.replace(/%u([0-9a-f]{4})|%([89a-f][0-9a-f])/gi, (whole, unit, byte) =>
    characterOf(Number.parseInt(unit ?? byte, 16), whole),
  )
}

/** Runs of escaped bytes, where they are UTF-8. */
function readBytes(run: RegExp): (text: string) => string {
  return (text) =>
    text.replace(run, (whole) => {
      const bytes = Buffer.from(whole.replace(/[^0-9a-f]|x/gi, ''), 'hex')
      const read = bytes.toString('utf8')
      return read.includes('\ufffd') ? whole : read
    })
}
