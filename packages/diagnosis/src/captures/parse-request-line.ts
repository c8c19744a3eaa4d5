import { CaptureError } from './capture.js'

const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([^\s]+) HTTP\/\d(?:\.\d)?$/
/** Notes for HTTP clients leave the version out. */
const shortLine = /^([A-Z]{3,10}) ((?:\/|https?:\/\/)[^\s]*)$/

/** @throws CaptureError where it is none */
export function parseRequestLine(line: string): { readonly method: string; readonly target: string } {
  const [, method, target] = requestLine.exec(line) ?? shortLine.exec(line) ?? []
  if (method !== undefined && target !== undefined) return { method, target }
  if (/^HTTP\/\d/.test(line)) throw new CaptureError('the capture is an HTTP response; the request is needed')
  throw new CaptureError(
    'the capture is no HTTP message ("POST /path HTTP/1.1" in its first line), no HAR and no JSON',
  )
}

/** Whether a message begins here, a request or a response. */
export function beginsMessage(text: string): boolean {
  const [line = ''] = text.split('\n', 1)
  return requestLine.test(line.trimEnd()) || /^HTTP\/\d(?:\.\d)? \d{3}\b/.test(line)
}
