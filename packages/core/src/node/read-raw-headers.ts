import type { IncomingMessage } from 'node:http'
import { RawHeaders } from '../headers/raw-headers.js'
import type { HeadersInput } from '../types.js'

/**
 * Reads the headers as they came, with duplicates. `request.headers` hides a second `authorization` and joins other headers with a
 * comma: an attacker could make two components each trust a different copy. It is only used where `rawHeaders` is not Node's own:
 * hosts that build a request from an event leave it empty, and mocks have none.
 */
export function readRawHeaders({
  rawHeaders,
  headers,
}: Partial<Pick<IncomingMessage, 'rawHeaders' | 'headers'>>): HeadersInput {
  const fallback = headers ?? {}
  if (!areRawHeaders(rawHeaders)) return fallback
  if (rawHeaders.length === 0 && Object.keys(fallback).length > 0) return fallback
  return new RawHeaders(rawHeaders)
}

/** Some hosts use numbers as values, for example for the length of the body. */
function areRawHeaders(rawHeaders: unknown): rawHeaders is string[] {
  if (!Array.isArray(rawHeaders) || rawHeaders.length % 2 !== 0) return false
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (typeof rawHeaders[at] !== 'string') return false
    const value = typeof rawHeaders[at + 1]
    if (value !== 'string' && value !== 'number') return false
  }
  return true
}
