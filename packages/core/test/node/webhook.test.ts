import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { serve } from '../../../../test/support/serve.js'
import { memoryStore } from '../../src/memory-store/memory-store.js'
import { webhook } from '../../src/node/index.js'
import type { ReceiverOptions } from '../../src/options.js'
import type { Delivery } from '../../src/types.js'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

type Route = (response: ServerResponse, delivery: Delivery) => unknown

const noContent: Route = (response) => response.writeHead(204).end()

/** A listener as users write it, with what comes before it. */
async function serveRoute(
  route: Route,
  options: Partial<ReceiverOptions> = {},
  before: (response: ServerResponse) => unknown = () => undefined,
) {
  const accept = webhook({ scheme: visibuild(), secret, now: () => nowMs, ...options })
  const answered: (Delivery | undefined)[] = []
  const { url } = await serve(async (request, response) => {
    await before(response)
    const delivery = await accept(request, response)
    answered.push(delivery)
    if (delivery) await route(response, delivery)
  })
  return { url, answered }
}

async function send(url: string, { headers, body } = visibuildDelivery()) {
  const response = await fetch(url, { method: 'POST', headers, body: body as Buffer })
  return { status: response.status, body: await response.text() }
}

describe('webhook() of node:http', () => {
  test('gives the verified delivery to the caller, whose answer settles it', async () => {
    const route = vi.fn(noContent)
    const { url, answered } = await serveRoute(route)
    expect((await send(url)).status).toBe(204)
    expect(answered).toEqual([
      expect.objectContaining({ event: 'ticket.created', id: 'delivery-1', attempt: 1 }),
    ])
    expect(await send(url)).toEqual({ status: 200, body: '{"status":"duplicate"}' })
    expect(route).toHaveBeenCalledTimes(1)
  })

  test.each<[string, ReturnType<typeof visibuildDelivery>, number]>([
    ['forged', visibuildDelivery({ signWith: 'another-secret-of-32-characters-x' }), 401],
    ['stale', visibuildDelivery({ timestamp: '1' }), 401],
    ['unreadable', visibuildDelivery({ body: '{' }), 400],
  ])('gives undefined where it has answered: %s', async (_what, request, status) => {
    const route = vi.fn(noContent)
    const { url, answered } = await serveRoute(route)
    expect((await send(url, request)).status).toBe(status)
    expect(answered).toEqual([undefined])
    expect(route).not.toHaveBeenCalled()
  })

  test('a body that was read before is answered 500 and warned of, with what to do', async () => {
    const onWarning = vi.fn()
    const onRejected = vi.fn()
    const { url, answered } = await serveRoute(noContent, { onWarning, onRejected }, async ({ req }) => {
      req.resume()
      await once(req, 'end')
    })
    expect(await send(url)).toEqual({ status: 500, body: '{"error":"misconfigured"}' })
    expect(answered).toEqual([undefined])
    expect(onWarning).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('Pass the request to the webhook before any parser reads it.'),
    )
    expect(onRejected.mock.calls[0]?.[0]).toMatchObject({ code: 'ERR_WEBHOOK_BODY_ALREADY_PARSED' })
  })

  test('bytes that a host has kept are enough', async () => {
    const { url, answered } = await serveRoute(noContent, {}, async ({ req }) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      Object.assign(req, { rawBody: Buffer.concat(chunks) })
    })
    expect((await send(url)).status).toBe(204)
    expect(answered[0]?.payload).toMatchObject({ id: 'event-1' })
  })

  test('an answer that is given meanwhile, as by a limit of time, hands nothing on and releases', async () => {
    const onFailed = vi.fn()
    const route = vi.fn(noContent)
    const store = memoryStore()
    const { claim } = store
    let pending: ServerResponse | undefined
    store.claim = (request) => {
      pending?.writeHead(503).end()
      return claim.call(store, request)
    }
    const before = vi.fn().mockImplementationOnce((response: ServerResponse) => {
      pending = response
    })
    const { url, answered } = await serveRoute(route, { onFailed, store }, before)
    expect((await send(url)).status).toBe(503)
    await vi.waitFor(() => expect(answered).toEqual([undefined]), 10_000)
    expect(onFailed).toHaveBeenCalledTimes(1)
    pending = undefined
    expect((await send(url)).status).toBe(204)
    expect(route).toHaveBeenCalledTimes(1)
  })

  test('one function serves several requests at a time', async () => {
    const gate = createGate()
    const running = createGate()
    const { url } = await serveRoute(async (response, { id }) => {
      if (id === 'delivery-1') {
        running.open()
        await gate.opened
      }
      response.writeHead(id === 'delivery-1' ? 500 : 204).end()
    })
    const first = send(url)
    await running.opened
    const second = visibuildDelivery({ id: 'event-2', deliveryId: 'delivery-2' })
    expect((await send(url, second)).status).toBe(204)
    gate.open()
    expect((await first).status).toBe(500)
    expect((await send(url, second)).body).toContain('duplicate')
  })

  test('a wrong set-up shows when the function is made', () => {
    expect(() => webhook({ scheme: visibuild(), secret: '' })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
  })
})
