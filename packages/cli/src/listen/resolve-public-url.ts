import type { IncomingMessage } from 'node:http'

/** The URL the sender called, as far as the request shows: through a tunnel it was HTTPS, at the tunnel's host name. */
export function resolvePublicUrl(request: IncomingMessage, chosen: string | undefined): string {
  const { url: target = '/', headers } = request
  if (chosen !== undefined) return addQuery(chosen, target)
  const { host = '127.0.0.1' } = headers
  const isLocal = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/i.test(host)
  const path = target.startsWith('/') ? target : '/'
  const url = `${isLocal ? 'http' : 'https'}://${host}${path}`
  return URL.canParse(url) ? url : `http://127.0.0.1${path}`
}

function addQuery(url: string, target: string): string {
  const query = target.indexOf('?')
  return query < 0 || url.includes('?') ? url : `${url}${target.slice(query)}`
}
