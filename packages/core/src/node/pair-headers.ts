import type { IncomingMessage } from 'node:http'
import type { HeadersInput } from '../types.js'

/**
 * The headers as they came, doubled ones included. `request.headers` hides a second `authorization` and joins others
 * with a comma, so two components could each believe another copy. It is taken where `rawHeaders` is not Node's own: hosts that
 * make a request out of an event leave it empty, and mocks have none.
 */
export function pairHeaders({
  rawHeaders,
  headers,
}: Partial<Pick<IncomingMessage, 'rawHeaders' | 'headers'>>): HeadersInput {
  const fallback = headers ?? {}
  if (!isGenuine(rawHeaders)) return fallback
  if (rawHeaders.length === 0 && Object.keys(fallback).length > 0) return fallback
  const pairs: [string, string][] = []
  for (let at = 0; at < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return pairs
}

/** Hosts put numbers beside strings, as for the length of the body. */
function isGenuine(rawHeaders: unknown): rawHeaders is string[] {
  if (!Array.isArray(rawHeaders) || rawHeaders.length % 2 !== 0) return false
  return rawHeaders.every(
    (text, index) => typeof text === 'string' || (index % 2 === 1 && typeof text === 'number'),
  )
}
