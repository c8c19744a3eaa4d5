import type { Capture } from './capture.js'
import type { CapturedRequest } from './captured-request.js'

/** Fills in what a capture's file left out. */
export function completeCapture(request: CapturedRequest, url: string | undefined): Capture {
  const { method = 'POST', target = '/', headers, body, notes } = request
  return {
    method,
    url: url ?? urlOf(target, headers),
    // HTTP/2 writes the request line as headers, and tools show them as such.
    headers: headers.filter(([name]) => !name.startsWith(':')),
    body,
    notes: [...new Set([...notes, ...(isWithheld(headers) ? ['withheld-secret' as const] : [])])],
  }
}

/** Secrets are saved as this word. */
function isWithheld(headers: Capture['headers']): boolean {
  return headers.some(([, value]) => value.includes('[withheld]'))
}

/** Senders call over HTTPS; what terminates it hands on a path and the host. */
function urlOf(target: string, headers: Capture['headers']): string {
  if (/^https?:\/\//i.test(target)) return target
  const headerOf = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  const host = headerOf('host') || headerOf(':authority') || 'localhost'
  return `https://${host}${target.startsWith('/') ? target : '/'}`
}
