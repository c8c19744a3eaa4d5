import type { SignatureEncoding } from '@countersign/core'

/** MD5, a half digest, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512. */
const digestLengths: ReadonlySet<number> = new Set([16, 20, 28, 32, 48, 64])

/** Bytes of a digest's length, as a text may mean them. */
export interface TokenReading {
  readonly bytes: Buffer
  readonly encoding: SignatureEncoding
  /** Written as the encoding's strict form has it: base64 with its padding, base64url without. */
  readonly isStrict: boolean
}

/** Every way to read a text as a digest, likeliest first; none where it is something else. */
export function decodeToken(text: string): readonly TokenReading[] {
  // Hex digits are base64 characters too, but 64 of them by chance are not seen in this world.
  if (/^[0-9a-f]+$/i.test(text) && text.length % 2 === 0) {
    const bytes = Buffer.from(text, 'hex')
    if (digestLengths.has(bytes.length)) return [{ bytes, encoding: 'hex', isStrict: true }]
  }
  const [, characters = '', padding = ''] = /^([\w+/-]+)(={0,2})$/.exec(text) ?? []
  const bytes = Buffer.from(characters, 'base64')
  if (!digestLengths.has(bytes.length)) return []
  const isStandard = bytes.toString('base64').replace(/=+$/, '') === characters
  const isUrlSafe = bytes.toString('base64url') === characters
  const isPadded = (characters.length + padding.length) % 4 === 0
  const standard: TokenReading = { bytes, encoding: 'base64', isStrict: isPadded }
  const urlSafe: TokenReading = { bytes, encoding: 'base64url', isStrict: padding === '' }
  const readings = [...(isStandard ? [standard] : []), ...(isUrlSafe ? [urlSafe] : [])]
  return readings.sort((a, b) => Number(b.isStrict) - Number(a.isStrict))
}
