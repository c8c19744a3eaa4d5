import * as http from 'node:http'
import * as https from 'node:https'
import type { SignedRequest } from '../sender/signed-request.js'
import { wireText } from './wire-text.js'

/** The receiver's response. */
export interface SentResponse {
  /** The HTTP status code. */
  readonly status: number
  /** As `node:http` parses them, with names in lower case. */
  readonly headers: Readonly<http.IncomingHttpHeaders>
  /** The body, decoded as UTF-8. */
  readonly body: string
}

/** Options for {@link sendRequest}. */
export interface SendRequestOptions {
  /** Time limit for request and response in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
  /** Aborts the request. */
  readonly signal?: AbortSignal
}

/**
 * Sends a request over HTTP or HTTPS with exactly its headers, including repeated ones, on a new connection. It adds only
 * what HTTP needs and the headers lack: `host`, `connection: close` and `content-length`. With `transfer-encoding: chunked`
 * among the headers, the body is sent in chunks.
 *
 * @param request its `url` must be absolute
 * @throws TypeError if the URL is not absolute
 * @throws Error if there is no response: connection refused, closed early, or timed out; the abort reason of `signal`
 *
 * @example
 * import { createServer } from 'node:http'
 * import { github } from '@countersign/core/schemes'
 * import { createSender, sendRequest } from '@countersign/testing'
 *
 * const server = createServer((_, response) => void response.writeHead(204).end()).listen(3000)
 * const sender = createSender({ scheme: github(), secret: 'test-secret-of-32-characters-...' })
 * const { status } = await sendRequest(sender.sign({ url: 'http://localhost:3000/hooks' }))
 * console.log(status) // 204
 * server.close()
 */
export async function sendRequest(
  request: SignedRequest,
  options: SendRequestOptions = {},
): Promise<SentResponse> {
  const url = new URL(request.url)
  const { request: open } = url.protocol === 'https:' ? https : http
  const { signal } = options
  signal?.throwIfAborted()
  let breakOff = () => {}
  return new Promise<SentResponse>((resolve, reject) => {
    const outgoing = open(url, {
      method: request.method,
      headers: rawHeaders(request, url),
      agent: false,
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    })
    breakOff = () => void outgoing.destroy(new Error('The request was aborted.'))
    signal?.addEventListener('abort', breakOff)
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('error', reject)
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        })
        // The receiver may respond before the whole body was sent: stop sending the rest.
        outgoing.destroy()
      })
    })
    outgoing.end(request.body)
  }).finally(() => signal?.removeEventListener('abort', breakOff))
}

/** Alternating names and values: in this form `node:http` sends them unchanged. */
function rawHeaders({ headers, body }: SignedRequest, url: URL): string[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const added: [string, string][] = []
  if (!names.has('host')) added.push(['host', url.host])
  if (!names.has('connection')) added.push(['connection', 'close'])
  if (!names.has('content-length') && !names.has('transfer-encoding')) {
    added.push(['content-length', String(body.length)])
  }
  return [...added, ...headers].flatMap(([name, value]) => [name, wireText(value)])
}
