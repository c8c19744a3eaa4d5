/** The parameters of a request's URL, whole or from its path on. Nothing in them makes it throw. */
export function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1))
}
