import { allocateBytes } from './allocate-bytes.js'

/** `base64` is RFC 4648 section 4 (`+`, `/`, with padding); `base64url` is section 5 (`-`, `_`, without padding). */
export type Base64Alphabet = 'base64' | 'base64url'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const alphabets = { base64: `${letters}+/`, base64url: `${letters}-_` }
const notInAlphabet = 0xff
const values = { base64: valuesOf(alphabets.base64), base64url: valuesOf(alphabets.base64url) }

/** The value of each character code; 0xff if it is not in the alphabet. */
function valuesOf(alphabet: string): Uint8Array {
  const table = new Uint8Array(128).fill(notInAlphabet)
  for (let value = 0; value < 64; value++) table[alphabet.charCodeAt(value)] = value
  return table
}

/**
 * Decodes canonical base64 only, so that no two texts decode to the same bytes: `base64` must be padded, `base64url` must
 * not, and unused bits at the end must be zero (RFC 4648 section 3.5).
 *
 * @returns undefined for whitespace, characters of the other alphabet, wrong padding and any other text
 */
export function decodeBase64(text: string, alphabet: Base64Alphabet): Uint8Array | undefined {
  const length = alphabet === 'base64' ? unpaddedLength(text) : text.length
  if (length === undefined || length % 4 === 1) return undefined
  const table = values[alphabet]
  const bytes = allocateBytes((length * 3) >> 2)
  let bits = 0
  let bitCount = 0
  let end = 0
  for (let index = 0; index < length; index++) {
    const value = table[text.charCodeAt(index)] ?? notInAlphabet
    if (value === notInAlphabet) return undefined
    bits = ((bits << 6) | value) & 0xfff
    bitCount += 6
    if (bitCount < 8) continue
    bitCount -= 8
    bytes[end++] = bits >> bitCount
  }
  const leftOver = bits & ((1 << bitCount) - 1)
  return leftOver === 0 ? bytes : undefined
}

function unpaddedLength(text: string): number | undefined {
  if (text.length % 4 !== 0) return undefined
  if (text.endsWith('==')) return text.length - 2
  return text.endsWith('=') ? text.length - 1 : text.length
}

/** Encodes bytes: `base64` with padding, `base64url` without. */
export function encodeBase64(bytes: Uint8Array, alphabet: Base64Alphabet): string {
  const characters = alphabets[alphabet]
  let text = ''
  let bits = 0
  let bitCount = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    bitCount += 8
    while (bitCount >= 6) {
      bitCount -= 6
      text += characters[(bits >> bitCount) & 63]
    }
  }
  if (bitCount > 0) text += characters[(bits << (6 - bitCount)) & 63]
  return alphabet === 'base64' ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text
}
