import { CaptureError } from './capture.js'

/**
 * Decodes base64 or base64url, with line breaks allowed.
 *
 * @param name the name of the member, for the message
 * @throws CaptureError for other characters: Node would silently skip them
 */
export function readBase64(text: string, name: string): Buffer {
  if (text.includes('[withheld]'))
    throw new CaptureError(
      'the body contained a secret that was removed when the capture was saved; capture it again',
    )
  // One character class without repetition: it cannot backtrack, even over 70 MB of text.
  if (/[^A-Za-z0-9+/_=\s-]/.test(text)) throw new CaptureError(`"${name}" in the capture is not base64`)
  return Buffer.from(text, 'base64')
}
