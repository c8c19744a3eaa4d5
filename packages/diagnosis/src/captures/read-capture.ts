import { type Capture, CaptureError } from './capture.js'
import { checkFileKind } from './check-file-kind.js'
import { completeCapture } from './complete-capture.js'
import { readHttpMessage } from './read-http-message.js'
import { readJsonCaptures } from './read-json-captures.js'
import { selectEntry } from './select-entry.js'

/** How a capture's file is read. */
export interface ReadCaptureOptions {
  /** The whole URL the sender called. Default: the capture's own, else `https://<Host><path>`. */
  readonly url?: string | undefined
  /** Which of several captures in one file, counted from 1. Default: the only one that has a body. */
  readonly entry?: number | undefined
}

const byteOrderMark = [0xef, 0xbb, 0xbf]

/**
 * Reads one captured request: a raw HTTP message (`POST /x HTTP/1.1`), a HAR log or one entry of it, an event of AWS
 * Lambda, or JSON of the form `{ method, url, headers, bodyBase64 }`. The form is told by the content.
 *
 * @throws CaptureError in one line, when there is none or not exactly one
 */
export function readCapture(bytes: Uint8Array, options: ReadCaptureOptions = {}): Capture {
  return selectEntry(readCaptures(bytes, { url: options.url }), options.entry)
}

/**
 * Reads all requests of a file: every entry of a HAR log or of a JSON list, in their order.
 *
 * @throws CaptureError in one line, when there is none
 */
export function readCaptures(bytes: Uint8Array, options: ReadCaptureOptions = {}): readonly Capture[] {
  const start = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0
  const content = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start)
  checkFileKind(content)
  const found = isJson(content) ? readJsonCaptures(content) : [readHttpMessage(content)]
  if (found.length === 0)
    throw new CaptureError('the list holds no capture; put at least one request into it')
  const captures = found.map((request) => completeCapture(request, options.url))
  return options.entry === undefined ? captures : [selectEntry(captures, options.entry)]
}

function isJson(content: Buffer): boolean {
  // White space, of which no more than an editor leaves.
  const start = content.subarray(0, 1024).toString('latin1').trimStart()
  return start.startsWith('{') || start.startsWith('[')
}
