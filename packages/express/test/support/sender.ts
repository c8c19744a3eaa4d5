import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

export const secret = 'visibuild-test-secret-of-32-chars'

export interface Signing {
  readonly body?: string | Uint8Array
  readonly key?: string
  /** Unix seconds. */
  readonly timestamp?: string
  readonly delivery?: string
}

/** A body with a new id, as each event has. */
export function ticketBody(fields: object = {}): string {
  return JSON.stringify({ id: randomUUID(), type: 'ticket.created', data: {}, ...fields })
}

/** The headers that Visibuild sends with a body, made from its documentation without code of the suite. */
export function signedHeaders({
  body = '',
  key = secret,
  timestamp = String(Math.floor(Date.now() / 1000)),
  delivery = randomUUID(),
}: Signing): Record<string, string> {
  const mac = createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex')
  return {
    'x-visibuild-signature': `sha256=${mac}`,
    'x-visibuild-timestamp': timestamp,
    'x-visibuild-event': 'ticket.created',
    'x-visibuild-delivery': delivery,
  }
}

/** The headers of Visibuild's attempt of this number: each attempt is signed a second later. */
export function attemptHeaders(number: number, body: string): Record<string, string> {
  return signedHeaders({ body, timestamp: String(Math.floor(Date.now() / 1000) + number - 1) })
}

export interface Delivered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Delivers once over real HTTP, on a new connection. */
export async function deliver(
  url: string,
  body: string | Uint8Array = ticketBody(),
  headers: Record<string, string> = signedHeaders({ body }),
): Promise<Delivered> {
  const sent = request(url, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
  })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
}

/** The same delivery as sent over the wire, in Latin-1. */
export function rawDelivery(
  body: string,
  extra = '',
  headers: Record<string, string> = signedHeaders({ body: Buffer.from(body, 'latin1') }),
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST /hook HTTP/1.1\r\nhost: test\r\n${lines.join('')}${extra}content-length: ${body.length}\r\n\r\n${body}`
}
