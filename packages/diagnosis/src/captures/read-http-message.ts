import type { Buffer } from 'node:buffer'
import type { CaptureNote } from './capture.js'
import type { CapturedRequest } from './captured-request.js'
import { decodeChunks } from './decode-chunks.js'
import { fitLength } from './fit-length.js'
import { parseHeaderLines } from './parse-header-lines.js'
import { parseRequestLine } from './parse-request-line.js'
import { splitHead } from './split-head.js'

/**
 * Reads a request as it goes over the wire (RFC 9112). The body is what stands after the empty line: Content-Length
 * only tells whether something was added or is missing.
 *
 * @throws CaptureError
 */
export function readHttpMessage(content: Buffer): CapturedRequest {
  const { lines, bodyStart, bareLineFeeds } = splitHead(content, parseRequestLine)
  const { method, target } = parseRequestLine(lines[0] ?? '')
  const headers = parseHeaderLines(lines.slice(1))
  const { body, notes } = readBody(content.subarray(bodyStart), headers)
  return {
    method,
    target,
    headers,
    body,
    notes: [...(bareLineFeeds ? ['bare-line-feeds' as const] : []), ...notes],
  }
}

interface ReadBody {
  readonly body: Uint8Array
  readonly notes: readonly CaptureNote[]
}

function readBody(rest: Buffer, headers: CapturedRequest['headers']): ReadBody {
  const codings = valuesOf(headers, 'transfer-encoding').join(',').toLowerCase()
  const isChunked = codings.split(',').at(-1)?.trim() === 'chunked'
  // A tool that had put the body together may have left the header as it was.
  return (isChunked ? decodeChunks(rest) : undefined) ?? fitLength(rest, valuesOf(headers, 'content-length'))
}

function valuesOf(headers: CapturedRequest['headers'], wanted: string): readonly string[] {
  return headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
}
