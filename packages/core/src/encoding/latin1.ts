import { allocateBytes } from './allocate-bytes.js'

/**
 * Returns the bytes of a header's text. HTTP parsers decode each byte as the character with the same code.
 *
 * @returns undefined for text that no parser can produce
 */
export function encodeLatin1(text: string): Uint8Array | undefined {
  const bytes = allocateBytes(text.length)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0xff) return undefined
    bytes[index] = code
  }
  return bytes
}
