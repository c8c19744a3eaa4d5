import * as http from 'node:http'
import * as https from 'node:https'
import type { SignedRequest } from '../sender/signed-request.js'
import { wireText } from './wire-text.js'

/** What the receiver answered. */
export interface SentResponse {
  readonly status: number
  readonly headers: Readonly<http.IncomingHttpHeaders>
  readonly body: string
}

/** How a request is sent. */
export interface SendRequestOptions {
  /** Milliseconds for the whole exchange. Default 10,000. */
  readonly timeoutMs?: number
  /** Breaks the exchange off. */
  readonly signal?: AbortSignal
}

/**
 * Sends a request over HTTP or HTTPS with exactly its headers, repeated ones too, on a connection of its own. What it
 * adds, where it is missing, is what HTTP needs: `host`, `connection: close` and `content-length`.
 * `transfer-encoding: chunked` among the headers sends the body in chunks.
 *
 * @param request its `url` must be a whole URL
 * @throws Error when there is no answer: no connection, cut off, or too slow
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
    breakOff = () => void outgoing.destroy(new Error('The exchange was broken off.'))
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
        // The receiver may refuse a body that was not sent to its end.
        outgoing.destroy()
      })
    })
    outgoing.end(request.body)
  }).finally(() => signal?.removeEventListener('abort', breakOff))
}

/** Names and values in turn, as `node:http` takes them to leave them alone. */
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
