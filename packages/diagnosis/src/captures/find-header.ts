import type { Capture } from './capture.js'

/** All values of a header, in the order of sending. The name is case-insensitive. */
export function findHeaderValues(headers: Capture['headers'], name: string): readonly string[] {
  const wanted = name.toLowerCase()
  return headers.filter(([other]) => other.toLowerCase() === wanted).map(([, value]) => value)
}

/** The first value of a header; undefined if it is missing. The name is case-insensitive. */
export function findHeaderValue(headers: Capture['headers'], name: string): string | undefined {
  return findHeaderValues(headers, name)[0]
}
