/** Returns the query of a request target, without its question mark. */
export function readQueryText(url: string): string {
  const start = url.indexOf('?')
  return start < 0 ? '' : url.slice(start + 1)
}

/** Parses the query of a request target. It never throws. */
export function parseQuery(url: string): URLSearchParams {
  return new URLSearchParams(readQueryText(url))
}
