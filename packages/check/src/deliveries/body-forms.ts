/** A way to write a payload as JSON. */
export interface BodyForm {
  readonly what: string
  readonly write: (payload: unknown) => string
}

/** What most senders send, and what `JSON.stringify` makes of it again. */
export const compact: BodyForm = { what: 'compact JSON', write: (payload) => JSON.stringify(payload) }

/** As a serialiser of some language writes; what re-serialises there takes its own form alone. */
export const serialisedForms: readonly BodyForm[] = [
  { what: "JSON as Python's json.dumps writes it", write: (payload) => escapeNonAscii(spaced(payload)) },
  { what: 'JSON with spaces between the fields', write: spaced },
  { what: 'JSON with sorted keys', write: (payload) => JSON.stringify(sorted(payload)) },
  { what: "JSON as PHP's json_encode writes it", write: (payload) => escapeNonAscii(escapeSlashes(payload)) },
  { what: 'JSON with < and > escaped, as Go writes it', write: escapeAngles },
  { what: 'JSON over several lines', write: pretty },
]

/** Other bytes for the same payload, which every parser of JSON reads alike. */
export const otherForms: readonly BodyForm[] = [
  { what: 'JSON over several lines', write: pretty },
  { what: 'JSON over several lines with CRLF', write: (payload) => pretty(payload).replaceAll('\n', '\r\n') },
  { what: 'JSON with spaces between the fields', write: spaced },
  { what: 'JSON with its keys in reverse', write: (payload) => JSON.stringify(reversed(payload)) },
  { what: 'JSON with \\u escapes', write: (payload) => escapeLetters(JSON.stringify(payload)) },
  { what: 'JSON with escaped slashes', write: escapeSlashes },
  { what: 'a line end after the JSON', write: (payload) => `${JSON.stringify(payload)}\n` },
  { what: 'blanks before the JSON', write: (payload) => `  ${JSON.stringify(payload)}` },
]

/** Bytes beyond ASCII, of two, three and four bytes a character. */
export const nonAscii: BodyForm = { what: 'characters beyond ASCII', write: withField('"Zoë 東京 🙂"') }

/** JSON that a parser, or a handler, may refuse with reason. */
export const oddForms: readonly BodyForm[] = [
  { what: 'the number 1.0', write: withField('1.0') },
  { what: 'the number 1e2', write: withField('1e2') },
  { what: 'a number beyond 2^53', write: withField('12345678901234567890') },
  { what: 'a key that comes twice', write: withField('1,"countersign_extra":2') },
]

/** With this text in a field of its own, which no handler knows. */
export function withText(text: string): BodyForm {
  return { what: 'JSON with a text', write: withField(JSON.stringify(text)) }
}

/** With so many bytes more. */
export function filled(bytes: number): BodyForm {
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
  // Strings hold no bare line ends, so that only those of the layout are taken out.
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

/** The first letter within each string: what JSON reads as the very same. */
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
