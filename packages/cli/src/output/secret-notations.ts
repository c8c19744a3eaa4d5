/** Shorter texts would remove common words from the output, and anyone who sees one delivery can guess such a secret. */
const minLength = 6

/**
 * Words of the output itself. They are printed whatever the secret is, so they reveal nothing; removing them because they
 * are the secret would reveal it.
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

/**
 * Every text that reveals a secret: the secret itself, and its base64 (also inside a longer base64 text), base64url, hex,
 * percent-encoding and JSON escapes; and the same for what the secret may encode, such as a key.
 */
export function listNotations(secret: string | Uint8Array): readonly string[] {
  const whole = Buffer.from(secret as Uint8Array)
  const readings = listReadings(whole.toString('utf8'))
  const all = [
    ...notationsOfBytes(whole),
    ...readings.flatMap((text) => notationsOfBytes(Buffer.from(text, 'utf8'))),
    ...readings.flatMap(listKeys).flatMap(encode),
  ]
  // Output in bytes is searched as Latin-1, one character per byte.
  const asBytes = all.map((notation) => Buffer.from(notation, 'utf8').toString('latin1'))
  return [...new Set([...all, ...asBytes])].filter(
    (notation) => notation.length >= minLength && !ownWords.has(notation.toLowerCase()),
  )
}

/** The secret inside a badly stored text: without quotes, invisible characters or a prefix, or its password alone. */
function listReadings(text: string): readonly string[] {
  const bare = text
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
  const decoded = decodePercent(bare)
  // Only before 16 characters or more: the rest of a shorter text would be a common word.
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
    // As headers carry it, one character per byte.
    bytes.toString('latin1'),
    JSON.stringify(text).slice(1, -1),
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    new URLSearchParams([['', text]]).toString().slice(1),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
    ...encode(bytes),
  ]
}

/** The keys that the text may encode as base64 or hex. Shorter ones are chance: any word is the base64 of something. */
function listKeys(text: string): readonly Buffer[] {
  const isHex = text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text)
  const keys = [Buffer.from(text, 'base64'), ...(isHex ? [Buffer.from(text, 'hex')] : [])]
  return keys.filter(({ length }) => length >= 12)
}

function encode(bytes: Buffer): readonly string[] {
  const hex = bytes.toString('hex')
  const base64 = [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // The characters at both ends also hold bits of the bytes next to the secret.
    const inner = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [hex, hex.toUpperCase(), ...base64]
}
