/** Shorter ones would take common words out of the text; and who sees one delivery can guess them. */
const minLength = 6
const mark = '[withheld]'

/**
 * Words of the output itself. They stand there whatever the secret is, so they tell nothing of it; taking them out
 * because they are the secret would tell it.
 */
const ownWords: ReadonlySet<string> = new Set([
  'accepted',
  'algorithm',
  'body',
  'encoding',
  'explained',
  'header',
  'headers',
  'password',
  'payload',
  'refused',
  'scheme',
  'secret',
  'secrets',
  'signature',
  'template',
  'timestamp',
  'webhook',
  'webhooks',
])

/** Takes notations out of a text, the longest first: a piece taken out of one would leave its rest. */
export function withholdNotations(text: string, notations: Iterable<string>): string {
  const ordered = [...notations].sort((a, b) => b.length - a.length)
  return ordered.reduce((rest, notation) => withoutStarts(rest.replaceAll(notation, mark), notation), text)
}

/** Shorter starts are words, and tell little. */
const minStart = 8
const cutMarks = ['…', '...']

/** Takes out what a cut has left of a notation: its first characters, up to the dots that stand for the rest. */
function withoutStarts(text: string, notation: string): string {
  if (!cutMarks.some((cutMark) => text.includes(cutMark))) return text
  const start = notation.slice(0, minStart)
  let cleaned = ''
  let from = 0
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, from)) {
    let end = at + start.length
    while (end < text.length && text[end] === notation[end - at]) end += 1
    const isCut = cutMarks.some((cutMark) => text.startsWith(cutMark, end))
    cleaned += text.slice(from, isCut ? at : end) + (isCut ? mark : '')
    from = end
  }
  return cleaned + text.slice(from)
}

/**
 * A secret as it stands and in the notations it could get into a text by: base64 (also within a longer text that was
 * encoded), base64url, hex, percent-encoding and JSON's escapes; and the same of what it may stand for.
 */
export function notationsOf(secret: string | Uint8Array): readonly string[] {
  const whole = Buffer.from(secret as Uint8Array)
  const readings = readingsOf(whole.toString('utf8'))
  const all = [
    ...notationsOfBytes(whole),
    ...readings.flatMap((text) => notationsOfBytes(Buffer.from(text, 'utf8'))),
    ...readings.flatMap(keysIn).flatMap(encodings),
  ]
  // Bytes are searched one character a byte.
  const asBytes = all.map((notation) => Buffer.from(notation, 'utf8').toString('latin1'))
  return [...new Set([...all, ...asBytes])].filter(
    (notation) => notation.length >= minLength && !ownWords.has(notation.toLowerCase()),
  )
}

/** The secret in a text that was badly stored: without quotes or invisible characters; its password or key alone. */
function readingsOf(text: string): readonly string[] {
  const bare = text
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
  const decoded = decodePercent(bare)
  // What is left of a short text would be a word of its own.
  const withoutVersion = bare.replace(/^v\d{1,3}[a-z]?[,=:;|. ] ?(?=.{16})/i, '')
  const withoutPrefix = withoutVersion.replace(/^[a-z]{2,12}_(?=.{16})/i, '')
  return [...new Set([bare, decoded, withoutVersion, withoutPrefix, bare.slice(bare.indexOf(':') + 1)])]
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function notationsOfBytes(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8')
  const percent = encodeURIComponent(text)
  return [
    text,
    // As headers carry it, one character a byte.
    bytes.toString('latin1'),
    JSON.stringify(text).slice(1, -1),
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    new URLSearchParams([['', text]]).toString().slice(1),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
    ...encodings(bytes),
  ]
}

/** The keys that the text may be base64 or hex of. Shorter ones are chance: any word is base64 of something. */
function keysIn(text: string): readonly Buffer[] {
  const isHex = text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text)
  const keys = [Buffer.from(text, 'base64'), ...(isHex ? [Buffer.from(text, 'hex')] : [])]
  return keys.filter(({ length }) => length >= 12)
}

function encodings(bytes: Buffer): readonly string[] {
  const hex = bytes.toString('hex')
  const base64 = [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // The characters at both ends also hold bits of what stands around.
    const inner = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [hex, hex.toUpperCase(), ...base64]
}
