import { type Headers, refuseHeader } from './read-header.js'

/** The announced length in bytes, undefined where there is none, as with a chunked body. */
export function readContentLength(headers: Headers): number | undefined {
  const text = headers.get('content-length')
  if (text === undefined) return undefined
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text)
  return refuseHeader('MALFORMED', 'content-length', 'is not one number of bytes')
}
