import type { SignedRequest } from '@countersign/testing'
import { wireText } from '@countersign/testing/http'

/**
 * Writes a request as it goes over the wire, the inverse of {@link readCapture}: request line, `Host`, the headers as they
 * are, `Content-Length` where it is missing, and the body's bytes.
 */
export function writeHttpMessage({ method, url, headers, body }: SignedRequest): Uint8Array {
  const { target, host } = splitUrl(url)
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const isFramed = names.has('content-length') || names.has('transfer-encoding')
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(names.has('host') ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${wireText(value)}`),
    ...(isFramed ? [] : [`Content-Length: ${body.length}`]),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

/** A path is what stands in a request line, and `https` what is taken for granted; other URLs are written whole. */
function splitUrl(url: string): { readonly target: string; readonly host: string } {
  const [, origin = '', scheme = '', host = ''] = /^((https?):\/\/([^/?#]*))/i.exec(url) ?? []
  const rest = url.slice(origin.length)
  const path = rest.startsWith('/') ? rest : `/${rest}`
  if (origin === '') return { target: path, host: 'localhost' }
  return { target: scheme.toLowerCase() === 'https' ? path : url, host }
}
