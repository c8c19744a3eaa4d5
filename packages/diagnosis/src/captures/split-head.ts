import { CaptureError } from './capture.js'

/** The lines of a message before the empty line, as Latin-1 text. */
export interface Head {
  readonly lines: readonly string[]
  /** Offset of the first byte after the empty line. */
  readonly bodyStart: number
  /** Whether a line ends with LF only. */
  readonly bareLineFeeds: boolean
}

/** Far above what servers accept, which is 8 to 64 KiB. */
const maxHeadBytes = 1_048_576
const lf = 0x0a
const cr = 0x0d

/**
 * Splits a message at the first empty line.
 *
 * @param checkFirst throws if the first line is not a request line
 * @throws CaptureError if the empty line is missing
 */
export function splitHead(content: Buffer, checkFirst: (line: string) => void): Head {
  const lines: string[] = []
  let bareLineFeeds = false
  let start = skipEmptyLines(content)
  while (start < content.length && start < maxHeadBytes) {
    const feed = content.subarray(start, maxHeadBytes).indexOf(lf)
    const end = feed < 0 ? Math.min(content.length, maxHeadBytes) : start + feed
    const isCrLf = content[end - 1] === cr && end > start
    const line = content.toString('latin1', start, isCrLf ? end - 1 : end)
    if (lines.length === 0) checkFirst(line)
    if (feed >= 0 && !isCrLf) bareLineFeeds = true
    start = end + 1
    if (feed < 0) break
    if (line === '') return { lines, bodyStart: start, bareLineFeeds }
    lines.push(line)
  }
  throw new CaptureError(
    content.length > maxHeadBytes
      ? 'the header section is longer than 1 MiB; put an empty line between the headers and the body'
      : 'the header section does not end with an empty line; the capture is cut off',
  )
}

/** RFC 9112 section 2.2: empty lines before the request line are ignored. */
function skipEmptyLines(content: Buffer): number {
  let start = 0
  while (content[start] === lf || content[start] === cr) start += 1
  return start
}
