/** What a writer of JSON escapes in strings beyond what it must. */
export interface EscapeProfile {
  /** Characters beyond ASCII: as they are, or `\uXXXX` with digits of this case. */
  readonly beyondAscii: 'raw' | 'lower' | 'upper'
  /** Other characters written as `\uXXXX`. */
  readonly characters?: RegExp
  readonly charactersCase?: 'lower' | 'upper'
  readonly slash?: boolean
  /** Escapes the slash only in `</`. */
  readonly slashOfTags?: boolean
}

/** The writers there are; the commoner first. */
export const escapeProfiles = {
  /** `JSON.stringify`, Ruby, `ensure_ascii=False`: no more than must be. */
  least: { beyondAscii: 'raw' },
  /** `json.dumps`, Facebook. */
  ascii: { beyondAscii: 'lower' },
  /** PHP's `json_encode`. */
  php: { beyondAscii: 'lower', slash: true },
  /** Go, Rails, Shopify. */
  go: { beyondAscii: 'raw', characters: /[<>&\u2028\u2029]/g },
  asciiUpper: { beyondAscii: 'upper' },
  slash: { beyondAscii: 'raw', slash: true },
  asciiHtml: { beyondAscii: 'lower', characters: /[<>&]/g },
  /** .NET's System.Text.Json. */
  dotnet: { beyondAscii: 'upper', characters: /["&'<>+`\u007f]/g, charactersCase: 'upper' },
  /** Java's Gson. */
  gson: { beyondAscii: 'raw', characters: /[<>&='\u2028\u2029]/g },
  htmlUpper: { beyondAscii: 'raw', characters: /[<>&]/g, charactersCase: 'upper' },
  /** Json.NET's EscapeHtml. */
  jsonNetHtml: { beyondAscii: 'raw', characters: /[<>&'"\u0085\u2028\u2029]/g },
  /** PHP with `JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT`, as WordPress uses them. */
  phpHex: { beyondAscii: 'lower', characters: /[<>&'"]/g, charactersCase: 'upper', slash: true },
  phpTags: { beyondAscii: 'lower', characters: /[<>]/g, charactersCase: 'upper', slash: true },
  lineSeparators: { beyondAscii: 'raw', characters: /[\u2028\u2029]/g },
  slashLineSeparators: { beyondAscii: 'raw', characters: /[\u2028\u2029]/g, slash: true },
  slashUpper: { beyondAscii: 'upper', slash: true },
  /** Java's org.json. */
  tags: { beyondAscii: 'raw', slashOfTags: true },
} as const satisfies Readonly<Record<string, EscapeProfile>>

export type ProfileName = keyof typeof escapeProfiles

export const profileNames = Object.keys(escapeProfiles) as readonly ProfileName[]

const control = /(?![\u007f-\u009f])\p{Cc}/gu
const mustEscape = /["\\]|(?![\u007f-\u009f])\p{Cc}/gu
const beyondAscii = /[\u0080-\uffff]/g
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** Writes a string token as the profile has it. What is no string of JSON comes back as it is. */
export function escapeString(raw: string, profile: EscapeProfile): string {
  const value = stringValue(raw)
  if (value === undefined) return raw
  const { characters, charactersCase, beyondAscii: unicodeCase } = profile
  const asDigits = (digitsCase: 'lower' | 'upper' | 'raw' | undefined) => (character: string) =>
    `\\u${hexOf(character, digitsCase === 'upper')}`
  const escapesQuote = characters?.source.includes('"')
  let text = value.replace(mustEscape, (character) =>
    character === '"' && escapesQuote
      ? asDigits(charactersCase)(character)
      : (shortEscapes[character] ?? asDigits(unicodeCase)(character)),
  )
  if (characters) text = text.replace(characters, asDigits(charactersCase))
  if (profile.slash) text = text.replaceAll('/', '\\/')
  if (profile.slashOfTags) text = text.replaceAll('</', '<\\/')
  text = text.replace(unicodeCase === 'raw' ? loneSurrogate : beyondAscii, asDigits(unicodeCase))
  return `"${text}"`
}

/** The characters a token stands for; undefined where its escapes are none of JSON's. */
export function stringValue(raw: string): string | undefined {
  const inner = raw.slice(1, -1)
  if (!inner.includes('\\')) return inner
  try {
    return JSON.parse(`"${inner.replace(control, (character) => `\\u${hexOf(character, false)}`)}"`)
  } catch {
    return undefined
  }
}

function hexOf(character: string, isUpper: boolean): string {
  const hex = character.charCodeAt(0).toString(16).padStart(4, '0')
  return isUpper ? hex.toUpperCase() : hex
}
