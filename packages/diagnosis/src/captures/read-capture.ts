import { type Capture, CaptureError } from './capture.js'
import { checkFileKind } from './check-file-kind.js'
import { completeCapture } from './complete-capture.js'
import { readHttpMessage } from './read-http-message.js'
import { readJsonCaptures } from './read-json-captures.js'
import { selectEntry } from './select-entry.js'

/** Options for {@link readCapture} and {@link readCaptures}. */
export interface ReadCaptureOptions {
  /** The full URL the sender called. Default: the URL in the capture, or `https://<Host><path>`. */
  readonly url?: string | undefined
  /** The number of the capture in a file with several, from 1. Default: the only capture that has a body. */
  readonly entry?: number | undefined
}

const byteOrderMark = [0xef, 0xbb, 0xbf]

/**
 * Reads one captured request: a raw HTTP message (`POST /x HTTP/1.1`), a HAR log or one of its entries, an AWS Lambda event,
 * or JSON of the form `{ method, url, headers, bodyBase64 }`. The format is detected from the content.
 *
 * @param bytes the content of the file
 * @throws CaptureError if there is no request, or more than one to choose from
 *
 * @example
 * import { readCapture } from '@countersign/diagnosis'
 *
 * const capture = readCapture(Buffer.from('POST /hooks HTTP/1.1\r\nHost: shop.example.com\r\n\r\n{}'))
 * console.log(capture.url) // https://shop.example.com/hooks
 */
export function readCapture(bytes: Uint8Array, options: ReadCaptureOptions = {}): Capture {
  return selectEntry(readCaptures(bytes, { url: options.url }), options.entry)
}

/**
 * Reads all requests of a file: every entry of a HAR log or a JSON list, in order.
 *
 * @param bytes the content of the file
 * @throws CaptureError if there is no request, or no entry with the number `options.entry`
 *
 * @example
 * import { readCaptures } from '@countersign/diagnosis'
 *
 * const requests = [{ method: 'POST', url: 'https://shop.example.com/hooks', headers: {}, bodyBase64: 'e30=' }]
 * const captures = readCaptures(Buffer.from(JSON.stringify(requests)))
 * console.log(captures.length) // 1
 */
export function readCaptures(bytes: Uint8Array, options: ReadCaptureOptions = {}): readonly Capture[] {
  const start = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0
  const content = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start)
  checkFileKind(content)
  const found = isJson(content) ? readJsonCaptures(content) : [readHttpMessage(content)]
  if (found.length === 0) throw new CaptureError('the list is empty; add at least one request')
  const captures = found.map((request) => completeCapture(request, options.url))
  return options.entry === undefined ? captures : [selectEntry(captures, options.entry)]
}

function isJson(content: Buffer): boolean {
  // Some leading white space is allowed, as editors leave it.
  const start = content.subarray(0, 1024).toString('latin1').trimStart()
  return start.startsWith('{') || start.startsWith('[')
}
