import type { Capture } from './capture.js'
import type { CapturedRequest } from './captured-request.js'
import { findHeaderValue } from './find-header.js'

/** Fills in what a capture file leaves out. */
export function completeCapture(request: CapturedRequest, url: string | undefined): Capture {
  const { method = 'POST', target = '/', headers, body, notes } = request
  return {
    method,
    url: url ?? urlOf(target, headers),
    // HTTP/2 sends the request line as pseudo-headers, and tools list them with the headers.
    headers: headers.filter(([name]) => !name.startsWith(':')),
    body,
    notes: [...new Set([...notes, ...(isWithheld(headers) ? ['withheld-secret' as const] : [])])],
  }
}

/** Saved captures contain this text in place of a secret. */
function isWithheld(headers: Capture['headers']): boolean {
  return headers.some(([, value]) => value.includes('[withheld]'))
}

/** Assumes HTTPS: senders use it, and the proxy that terminates it passes only a path and the host. */
function urlOf(target: string, headers: Capture['headers']): string {
  if (/^https?:\/\//i.test(target)) return target
  const host = findHeaderValue(headers, 'host') || findHeaderValue(headers, ':authority') || 'localhost'
  return `https://${host}${target.startsWith('/') ? target : '/'}`
}
