import { wireText } from './wire-text.js'

/** A request for {@link writeRequest}. */
export interface WireRequest {
  /** The HTTP method. Default `POST`. */
  readonly method?: string
  /** The request target: path and query. */
  readonly target: string
  /** In the order of sending; a name may be repeated. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Bytes, or text that is sent as UTF-8. Default: empty. */
  readonly body?: Uint8Array | string
  /** Sends the body in chunks of this many bytes. */
  readonly chunkBytes?: number
}

/**
 * Writes a request as a raw HTTP/1.1 message in Latin-1 text, one character per byte. It does not validate anything, so that
 * tests can send malformed requests. It adds `Host` and `Content-Length` if they are missing, or `Transfer-Encoding` if
 * `chunkBytes` is set.
 *
 * @example
 * import { writeRequest } from '@countersign/testing/http'
 *
 * console.log(writeRequest({ target: '/hooks', headers: [['X-Signature', '00']], body: '{}' }))
 */
export function writeRequest(request: WireRequest): string {
  const body = bodyText(request)
  const chunkBytes = request.chunkBytes ?? (hasHeader(request, 'transfer-encoding') ? body.length : undefined)
  const length = hasHeader(request, 'content-length') ? [] : [`content-length: ${body.length}`]
  if (chunkBytes === undefined) return `${writeHead(request, length)}${body}`
  const encoding = hasHeader(request, 'transfer-encoding') ? [] : ['transfer-encoding: chunked']
  return `${writeHead(request, encoding)}${writeChunks(body, chunkBytes)}`
}

/**
 * Writes only the request line and the headers, with the empty line after them.
 *
 * @param lines raw lines to add after the headers
 *
 * @example
 * import { writeHead } from '@countersign/testing/http'
 *
 * console.log(writeHead({ target: '/hooks' }, ['Content-Length: 2']))
 */
export function writeHead(request: WireRequest, lines: readonly string[] = []): string {
  const { method = 'POST', target, headers = [] } = request
  const host = hasHeader(request, 'host') ? [] : ['host: contract.test']
  const own = headers.map(([name, value]) => `${name}: ${wireText(value)}`)
  return `${[`${method} ${target} HTTP/1.1`, ...host, ...own, ...lines].join('\r\n')}\r\n\r\n`
}

/**
 * Writes a body in chunked transfer encoding, including the last chunk.
 *
 * @param body Latin-1 text, one character per byte, as {@link bodyText} returns it
 * @param chunkBytes the size of each chunk in bytes
 *
 * @example
 * import { writeChunks } from '@countersign/testing/http'
 *
 * console.log(JSON.stringify(writeChunks('abc', 2))) // "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
 */
export function writeChunks(body: string, chunkBytes: number): string {
  let text = ''
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.slice(at, at + chunkBytes)
    text += `${chunk.length.toString(16)}\r\n${chunk}\r\n`
  }
  return `${text}0\r\n\r\n`
}

/**
 * Converts a request's body to Latin-1 text, one character per byte. Text is encoded as UTF-8 first.
 *
 * @example
 * import { bodyText } from '@countersign/testing/http'
 *
 * console.log(bodyText({ body: 'é' }).length) // 2
 */
export function bodyText({ body = '' }: Pick<WireRequest, 'body'>): string {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body)
  return bytes.toString('latin1')
}

function hasHeader({ headers = [] }: WireRequest, wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted)
}
