import { CaptureError } from './capture.js'

/** A message's lines up to the empty one, each a character a byte. */
export interface Head {
  readonly lines: readonly string[]
  /** Where the bytes after the empty line begin. */
  readonly bodyStart: number
  /** A line ended with LF alone. */
  readonly bareLineFeeds: boolean
}

/** Servers take 8 to 64 KiB. */
const maxHeadBytes = 1_048_576
const lf = 0x0a
const cr = 0x0d

/**
 * @param checkFirst throws where the first line is none of a request
 * @throws CaptureError where the empty line is missing
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
      ? 'the header section does not end within 1 MiB; is there an empty line before the body?'
      : 'the header section does not end with an empty line; the capture is cut off',
  )
}

/** RFC 9112 section 2.2: empty lines before the request line are passed over. */
function skipEmptyLines(content: Buffer): number {
  let start = 0
  while (content[start] === lf || content[start] === cr) start += 1
  return start
}
