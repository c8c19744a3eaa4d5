import { CaptureError } from './capture.js'
import type { CapturedRequest } from './captured-request.js'

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** HTTP has only these two white space characters; others belong to the value. */
const blanks = ' \t'

/**
 * Parses header lines. A line that starts with white space continues the previous value (RFC 9112 section 5.2).
 *
 * @throws CaptureError with the line number in the message
 */
export function parseHeaderLines(lines: readonly string[]): CapturedRequest['headers'] {
  const headers: [name: string, value: string][] = []
  for (const [index, line] of lines.entries()) {
    const last = headers.at(-1)
    if (last && blanks.includes(line.charAt(0))) {
      last[1] = `${last[1]} ${trimBlanks(line)}`
      continue
    }
    // Names of HTTP/2 pseudo-headers start with a colon.
    const colon = line.indexOf(':', 1)
    const name = line.slice(0, Math.max(colon, 0))
    if (!headerName.test(name.replace(/^:/, '')))
      throw new CaptureError(
        `line ${index + 2} is not a header ("Name: value"); put an empty line between the headers and the body`,
      )
    headers.push([name, trimBlanks(line.slice(colon + 1))])
  }
  return headers
}

/** Without a regular expression: one for both ends takes quadratic time over many spaces in the middle. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && blanks.includes(text.charAt(start))) start += 1
  while (end > start && blanks.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
