import { allocateBytes } from './allocate-bytes.js'

const digits = '0123456789abcdef'
const notHex = 0xff

/** The value of each character code; 0xff if it is not a hex digit. */
const values = new Uint8Array(128).fill(notHex)
for (let value = 0; value < 16; value++) {
  values[digits.charCodeAt(value)] = value
  values[digits.toUpperCase().charCodeAt(value)] = value
}

/**
 * Decodes hex in either case (RFC 4648 section 8). Node's own decoder stops at an invalid character; this one rejects the text.
 *
 * @param start where the digits begin: a slice of the text would make the engine look up each character in its parent
 * @returns undefined for an odd number of digits, or if any character is not a hex digit
 */
export function decodeHex(text: string, start = 0): Uint8Array | undefined {
  const digitCount = text.length - start
  if (digitCount % 2 !== 0) return undefined
  const bytes = allocateBytes(digitCount / 2)
  let at = start
  for (let index = 0; index < bytes.length; index++) {
    const high = values[text.charCodeAt(at++)] ?? notHex
    const low = values[text.charCodeAt(at++)] ?? notHex
    if ((high | low) > 15) return undefined
    bytes[index] = (high << 4) | low
  }
  return bytes
}

/** Encodes bytes as lower-case hex. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += digits.charAt(byte >> 4) + digits.charAt(byte & 15)
  return text
}
