/**
 * What a sender may have signed as the URL, likeliest first: the URL as it is, then without its query, its path alone,
 * and the spellings that configuration pages and proxies turn into one another.
 *
 * @param url whole, as `https://shop.example.com/hooks?x=1`; a path alone gives the variants a path has
 */
export function urlVariants(url: string): readonly string[] {
  const parsed = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url)
  if (!parsed) return distinct([url, withoutQuery(url)])
  const [, scheme = '', host = '', path = '', query = ''] = parsed
  const bare = host.replace(/:(80|443)$/, '')
  const other = scheme.toLowerCase() === 'https' ? 'http' : 'https'
  const target = `${path || '/'}${query}`
  return distinct([
    url,
    `${scheme}://${host}${path}`,
    target,
    path || '/',
    `${scheme}://${host}${turnSlash(path)}${query}`,
    `${other}://${host}${path}${query}`,
    `${scheme}://${bare}${path}${query}`,
    `${host}${target}`,
    bare,
    `${scheme}://${host}`,
    unescapePercent(url),
    ...(query.length > 1 ? [query.slice(1)] : []),
  ])
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '')
}

/** A slash at the end where there was none, and the other way round. */
function turnSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`
}

function unescapePercent(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}
