import { wireText } from './wire-text.js'

/** A request to be written byte by byte. */
export interface WireRequest {
  /** Default POST. */
  readonly method?: string
  /** The request target: a path with its query. */
  readonly target: string
  /** In the order of sending; a name may come twice. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: Uint8Array | string
  /** Sends the body in chunks of so many bytes. */
  readonly chunkBytes?: number
}

/**
 * A request as it stands on the wire, in Latin-1. Nothing is checked. `Host` and `Content-Length` are added where they are missing;
 * `Transfer-Encoding` too, where `chunkBytes` asks for chunks.
 */
export function writeRequest(request: WireRequest): string {
  const body = bodyText(request)
  const chunkBytes = request.chunkBytes ?? (hasHeader(request, 'transfer-encoding') ? body.length : undefined)
  const length = hasHeader(request, 'content-length') ? [] : [`content-length: ${body.length}`]
  if (chunkBytes === undefined) return `${writeHead(request, length)}${body}`
  const encoding = hasHeader(request, 'transfer-encoding') ? [] : ['transfer-encoding: chunked']
  return `${writeHead(request, encoding)}${writeChunks(body, chunkBytes)}`
}

/** The head alone, with lines of one's own behind the headers; the body may follow, or not. */
export function writeHead(request: WireRequest, lines: readonly string[] = []): string {
  const { method = 'POST', target, headers = [] } = request
  const host = hasHeader(request, 'host') ? [] : ['host: contract.test']
  const own = headers.map(([name, value]) => `${name}: ${wireText(value)}`)
  return `${[`${method} ${target} HTTP/1.1`, ...host, ...own, ...lines].join('\r\n')}\r\n\r\n`
}

/** A body in chunks of so many characters, with its end. */
export function writeChunks(body: string, chunkBytes: number): string {
  let text = ''
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.slice(at, at + chunkBytes)
    text += `${chunk.length.toString(16)}\r\n${chunk}\r\n`
  }
  return `${text}0\r\n\r\n`
}

/** The body as Latin-1 characters; text becomes UTF-8 first. */
export function bodyText({ body = '' }: Pick<WireRequest, 'body'>): string {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body)
  return bytes.toString('latin1')
}

function hasHeader({ headers = [] }: WireRequest, wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted)
}
