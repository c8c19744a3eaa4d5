import { decodePercent } from './decode-percent.js'
/**
 * What a sender may have signed as the URL, likeliest first: the URL itself, the URL without its query, its path, and the
 * spellings that configuration pages and proxies turn into one another.
 *
 * @param url the full URL, such as `https://shop.example.com/hooks?x=1`; for a path, only the variants of a path
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
    decodePercent(url) ?? url,
    ...(query.length > 1 ? [query.slice(1)] : []),
  ])
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '')
}

/** Adds a trailing slash, or removes it. */
function turnSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}
