import { type Headers, refuseHeader } from './read-header.js'

/** Reads Content-Length in bytes; undefined if it is absent, as with a chunked body. */
export function readContentLength(headers: Headers): number | undefined {
  const text = headers.get('content-length')
  if (text === undefined) return undefined
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text)
  return refuseHeader('MALFORMED', 'content-length', 'is not one number of bytes')
}
