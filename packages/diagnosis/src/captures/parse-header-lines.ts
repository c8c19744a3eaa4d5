import { CaptureError } from './capture.js'
import type { CapturedRequest } from './captured-request.js'

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Only these two are white space of HTTP; others are a value's own characters. */
const blanks = ' \t'

/**
 * Reads header lines. A line that begins with a blank goes on with the value before it (RFC 9112 section 5.2).
 *
 * @throws CaptureError with the line's number in the message
 */
export function parseHeaderLines(lines: readonly string[]): CapturedRequest['headers'] {
  const headers: [name: string, value: string][] = []
  for (const [index, line] of lines.entries()) {
    const last = headers.at(-1)
    if (last && blanks.includes(line.charAt(0))) {
      last[1] = `${last[1]} ${trimBlanks(line)}`
      continue
    }
    // HTTP/2 names of the request line's parts begin with a colon.
    const colon = line.indexOf(':', 1)
    const name = line.slice(0, Math.max(colon, 0))
    if (!headerName.test(name.replace(/^:/, '')))
      throw new CaptureError(
        `line ${index + 2} is no header ("Name: value"); an empty line must stand between the headers and the body`,
      )
    headers.push([name, trimBlanks(line.slice(colon + 1))])
  }
  return headers
}

/** By hand: a pattern for both ends takes quadratic time over many blanks in the middle. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && blanks.includes(text.charAt(start))) start += 1
  while (end > start && blanks.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
