/** The query of a request's URL, whole or from its path on, without its question mark. */
export function readQueryText(url: string): string {
  const start = url.indexOf('?')
  return start < 0 ? '' : url.slice(start + 1)
}

/** The parameters of a request's URL. Nothing in them makes it throw. */
export function parseQuery(url: string): URLSearchParams {
  return new URLSearchParams(readQueryText(url))
}
