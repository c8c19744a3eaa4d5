import type { CaptureNote } from './capture.js'
import { beginsMessage } from './parse-request-line.js'

/**
 * Holds the bytes after the headers against Content-Length. They are cut only where what follows is plainly no part of
 * the body: one line end, as editors add, or another message. Anything else is left as it is, since a body that is
 * longer than announced is a finding.
 *
 * @param lengths the header's values
 */
export function fitLength(
  rest: Buffer,
  lengths: readonly string[],
): { readonly body: Uint8Array; readonly notes: readonly CaptureNote[] } {
  const [text = ''] = lengths
  if (lengths.length !== 1 || !/^\d{1,15}$/.test(text)) return { body: rest, notes: [] }
  const length = Number(text)
  if (rest.length < length) return { body: rest, notes: ['cut-off'] }
  const note =
    rest.length === length ? undefined : noteOn(rest.subarray(length, length + 1024).toString('latin1'))
  return note ? { body: rest.subarray(0, length), notes: [note] } : { body: rest, notes: [] }
}

function noteOn(after: string): CaptureNote | undefined {
  if (after === '\n' || after === '\r\n') return 'line-end-added'
  return beginsMessage(after.replace(/^[\r\n]{1,4}/, '')) ? 'more-messages' : undefined
}
