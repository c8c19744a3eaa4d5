import type { SignedRequest } from '@countersign/testing'
import { wireText } from '@countersign/testing/http'

/**
 * Writes a request as a raw HTTP/1.1 message, which {@link readCapture} reads: request line, `Host`, the headers unchanged,
 * `Content-Length` if it is missing, and the bytes of the body.
 *
 * @example
 * import { github } from '@countersign/core/schemes'
 * import { writeHttpMessage } from '@countersign/diagnosis'
 * import { createSender } from '@countersign/testing'
 *
 * const sender = createSender({ scheme: github(), secret: 'test-secret-of-32-characters-...' })
 * const message = writeHttpMessage(sender.sign({ url: 'https://shop.example.com/hooks' }))
 * console.log(Buffer.from(message).toString('utf8'))
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

/** A request line has only a path, which readers take as HTTPS; other URLs are written in full. */
function splitUrl(url: string): { readonly target: string; readonly host: string } {
  const [, origin = '', scheme = '', host = ''] = /^((https?):\/\/([^/?#]*))/i.exec(url) ?? []
  const rest = url.slice(origin.length)
  const path = rest.startsWith('/') ? rest : `/${rest}`
  if (origin === '') return { target: path, host: 'localhost' }
  return { target: scheme.toLowerCase() === 'https' ? path : url, host }
}
