import { CaptureError } from './capture.js'

const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([^\s]+) HTTP\/\d(?:\.\d)?$/
/** Files for HTTP clients often leave out the version. */
const shortLine = /^([A-Z]{3,10}) ((?:\/|https?:\/\/)[^\s]*)$/

/** @throws CaptureError if the line is not a request line */
export function parseRequestLine(line: string): { readonly method: string; readonly target: string } {
  const [, method, target] = requestLine.exec(line) ?? shortLine.exec(line) ?? []
  if (method !== undefined && target !== undefined) return { method, target }
  if (/^HTTP\/\d/.test(line)) throw new CaptureError('the capture is an HTTP response; capture the request')
  throw new CaptureError(
    'the capture is not an HTTP message (first line "POST /path HTTP/1.1"), a HAR file or JSON',
  )
}

/** Whether the text starts with an HTTP request or response. */
export function beginsMessage(text: string): boolean {
  const [line = ''] = text.split('\n', 1)
  return requestLine.test(line.trimEnd()) || /^HTTP\/\d(?:\.\d)? \d{3}\b/.test(line)
}
