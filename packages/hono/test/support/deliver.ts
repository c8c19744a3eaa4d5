import { visibuild } from '@countersign/core/schemes'
import { createSender, type SignedRequest, type SignOptions } from '@countersign/testing'
import type { Hono } from 'hono'

export const secret = 'visibuild-test-secret-of-32-chars'

const sender = createSender({ scheme: visibuild(), secret })

/** A delivery with a new id, which can be sent again. */
export function sign(options: SignOptions = {}): SignedRequest {
  return sender.sign({ url: 'http://test/hook', ...options })
}

/** The sender's next attempt at a delivery: the same body, signed a second later. */
export function signAgain({ body }: SignedRequest): SignedRequest {
  return sign({ body, timestamp: Date.now() + 1000 })
}

/** What Hono's runtimes pass to an application with the request. */
export interface Surroundings {
  readonly env?: unknown
  readonly executionCtx?: { waitUntil(promise: Promise<unknown>): void }
}

export interface Sent {
  readonly status: number
  readonly body: string
  readonly headers: Headers
}

/** Delivers to the application as a runtime does, without a server. */
export async function deliver(
  app: Hono,
  request: SignedRequest = sign(),
  { env, executionCtx }: Surroundings = {},
): Promise<Sent> {
  const response = await app.fetch(toRequest(request), env as never, executionCtx as never)
  return { status: response.status, body: await response.text(), headers: response.headers }
}

export function toRequest({ url, method, headers, body }: SignedRequest): Request {
  return new Request(url, {
    method,
    headers: headers.map(([name, value]) => [name, value]),
    ...(method === 'GET' ? {} : { body }),
  })
}
