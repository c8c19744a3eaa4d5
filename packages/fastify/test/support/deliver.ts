import { visibuild } from '@countersign/core/schemes'
import {
  createSender,
  type SentResponse,
  type SignedRequest,
  type SignOptions,
  sendRequest,
} from '@countersign/testing'
import type { FastifyInstance } from 'fastify'

export const secret = 'visibuild-test-secret-of-32-chars'

/** New options of a route, so that two receivers never share them by accident. */
export const hook = () => ({ webhook: { scheme: visibuild(), secret } })

const sender = createSender({ scheme: visibuild(), secret })

/** A delivery with a new id, which can be sent again. */
export function sign(options: SignOptions = {}): SignedRequest {
  return sender.sign({
    url: '/hook',
    payload: { id: crypto.randomUUID(), type: 'ticket.created' },
    ...options,
  })
}

/** The sender's next attempt at a delivery: the same body, signed a second later. */
export function signAgain({ body }: SignedRequest): SignedRequest {
  return sign({ body, timestamp: Date.now() + 1000 })
}

/** Delivers over real HTTP to an application that listens, on a new connection. */
export function deliver(app: FastifyInstance, request: SignedRequest = sign()): Promise<SentResponse> {
  return sendRequest({ ...request, url: new URL(request.url, app.listeningOrigin).href })
}

/** The same as sent over the wire, in Latin-1. */
export function wire({ method, url, headers, body }: SignedRequest): string {
  const lines = [...headers, ['content-length', String(body.length)], ['host', 'test']]
  const head = lines.map((line) => `${line.join(': ')}\r\n`).join('')
  return `${method} ${url} HTTP/1.1\r\n${head}\r\n${Buffer.from(body).toString('latin1')}`
}
