/** A way to write a payload as JSON. */
export interface BodyForm {
  readonly what: string
  readonly write: (payload: unknown) => string
}

/** What most senders send, and what `JSON.stringify` writes for the parsed payload. */
export const compact: BodyForm = { what: 'compact JSON', write: (payload) => JSON.stringify(payload) }

/** How the serialisers of other languages write JSON. A receiver that re-serialises accepts only the form of its own language. */
export const serialisedForms: readonly BodyForm[] = [
  { what: "JSON as Python's json.dumps writes it", write: (payload) => escapeNonAscii(spaced(payload)) },
  { what: 'JSON with spaces between the fields', write: spaced },
  { what: 'JSON with sorted keys', write: (payload) => JSON.stringify(sorted(payload)) },
  { what: "JSON as PHP's json_encode writes it", write: (payload) => escapeNonAscii(escapeSlashes(payload)) },
  { what: 'JSON with < and > escaped, as Go writes it', write: escapeAngles },
  { what: 'JSON over several lines', write: pretty },
]

/** Other bytes for the same payload: every JSON parser reads the same value from them. */
export const otherForms: readonly BodyForm[] = [
  { what: 'JSON over several lines', write: pretty },
  { what: 'JSON over several lines with CRLF', write: (payload) => pretty(payload).replaceAll('\n', '\r\n') },
  { what: 'JSON with spaces between the fields', write: spaced },
  { what: 'JSON with its keys reversed', write: (payload) => JSON.stringify(reversed(payload)) },
  { what: 'JSON with \\u escapes', write: (payload) => escapeLetters(JSON.stringify(payload)) },
  { what: 'JSON with escaped slashes', write: escapeSlashes },
  { what: 'a line break after the JSON', write: (payload) => `${JSON.stringify(payload)}\n` },
  { what: 'spaces before the JSON', write: (payload) => `  ${JSON.stringify(payload)}` },
]

/** Non-ASCII characters of two, three and four bytes. */
export const nonAscii: BodyForm = { what: 'non-ASCII characters', write: withField('"Zoë 東京 🙂"') }

/** JSON that a parser or a handler may rightly refuse. */
export const oddForms: readonly BodyForm[] = [
  { what: 'the number 1.0', write: withField('1.0') },
  { what: 'the number 1e2', write: withField('1e2') },
  { what: 'a number beyond 2^53', write: withField('12345678901234567890') },
  { what: 'a duplicate key', write: withField('1,"countersign_extra":2') },
]

/** JSON with this text in an extra field that no handler knows. */
export function withText(text: string): BodyForm {
  return { what: 'JSON with a text', write: withField(JSON.stringify(text)) }
}

/** JSON with this many extra bytes. */
export function padded(bytes: number): BodyForm {
  return withText('x'.repeat(bytes))
}

function withField(json: string): BodyForm['write'] {
  return (payload) => {
    const text = JSON.stringify(payload)
    return /^\{"/.test(text) ? `{"countersign_extra":${json},${text.slice(1)}` : text
  }
}

function pretty(payload: unknown): string {
  return JSON.stringify(payload, null, 2)
}

function spaced(payload: unknown): string {
  // JSON strings hold no raw line breaks, so this removes only those of the layout.
  return JSON.stringify(payload, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '')
}

function escapeSlashes(payload: unknown): string {
  return JSON.stringify(payload).replaceAll('/', '\\/')
}

function escapeAngles(payload: unknown): string {
  return JSON.stringify(payload).replace(/[<>&]/g, escapeCharacter)
}

function escapeNonAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, escapeCharacter)
}

/** Escapes the first letter of each string: a JSON parser reads the same value. */
function escapeLetters(json: string): string {
  return json.replace(/"([a-z])/g, (_match, letter: string) => `"${escapeCharacter(letter)}`)
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function sorted(value: unknown): unknown {
  return mapKeys(value, (names) => names.sort())
}

function reversed(value: unknown): unknown {
  return mapKeys(value, (names) => names.reverse())
}

function mapKeys(value: unknown, order: (names: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((member) => mapKeys(member, order))
  if (typeof value !== 'object' || value === null) return value
  const fields = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(order(Object.keys(fields)).map((name) => [name, mapKeys(fields[name], order)]))
}
