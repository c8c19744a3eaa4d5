import { CaptureError } from './capture.js'

/**
 * Decodes base64 or base64url, also in lines.
 *
 * @param name the member it stands in, for the message
 * @throws CaptureError where it is something else: Node would pass over what it does not know
 */
export function readBase64(text: string, name: string): Buffer {
  if (text.includes('[withheld]'))
    throw new CaptureError('the body held a secret, which was withheld when the capture was saved')
  // One class and no repetition: nothing to go back over in 70 MB of text.
  if (/[^A-Za-z0-9+/_=\s-]/.test(text)) throw new CaptureError(`"${name}" of the capture is not base64`)
  return Buffer.from(text, 'base64')
}
