import { memoryStore, type ReceiverOptions } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { webhook, webhookHandler, webhooks } from '../src/index.js'
import { deliver, hook, secret, sign, wire } from './support/deliver.js'
import { connectTo, createApp } from './support/serve.js'

const forged = (url = '/hook') => sign({ url, secret: 'another-secret-of-the-sender-here' })
const ok = async () => ({ ok: true })

/** An application that listens, by default without the plugin. */
async function serve(declare: (app: ReturnType<typeof createApp>['app']) => unknown, withPlugin = false) {
  const { app, log } = createApp()
  if (withPlugin) await app.register(webhooks)
  await declare(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, log }
}

describe.each([false, true])('spread into a route, with the plugin: %s', (withPlugin) => {
  test('both forms verify, deduplicate and refuse', async () => {
    const { app } = await serve((root) => {
      root.post('/hook', { ...webhook(hook().webhook) }, async ({ webhook }) => webhook.event)
      root.post('/handled', webhookHandler(hook().webhook, ok))
    }, withPlugin)
    for (const [url, body] of [
      ['/hook', 'ticket.created'],
      ['/handled', '{"status":"processed"}'],
    ] as const) {
      const delivery = sign({ url })
      expect((await deliver(app, delivery)).body).toBe(body)
      expect((await deliver(app, delivery)).body).toBe('{"status":"duplicate"}')
      expect((await deliver(app, forged(url))).status).toBe(401)
      expect((await deliver(app, { ...sign({ url }), headers: [] })).status).toBe(401)
    }
  })

  test('the headers and the payload are available from preValidation on, and no parser runs', async () => {
    const seen = vi.fn()
    const route = {
      ...webhook(hook().webhook),
      preHandler: async (request: { headers: object; body: unknown }) => seen(request.headers, request.body),
    }
    const { app } = await serve((root) => {
      root.removeAllContentTypeParsers()
      root.post('/hook', route, ok)
    }, withPlugin)
    const delivery = sign()
    const headers = delivery.headers.map(([name, value]): [string, string] =>
      name.toLowerCase() === 'content-type' ? [name, 'application/unheard-of'] : [name, value],
    )
    expect((await deliver(app, { ...delivery, headers })).status).toBe(200)
    expect(seen).toHaveBeenCalledWith(
      expect.objectContaining({ 'content-type': 'application/unheard-of' }),
      expect.objectContaining({ type: 'ticket.created' }),
    )
  })

  test('an async handler without a value completes although the sender has disconnected', async () => {
    const [running, gone, gate, handled] = [createGate(), createGate(), createGate(), createGate()]
    const options = { ...hook().webhook, onHandled: handled.open }
    const { app } = await serve((root) => {
      root.post('/hook', { ...webhook(options) }, async (_request, reply) => {
        reply.raw.once('close', gone.open)
        running.open()
        await gate.opened
      })
    }, withPlugin)
    const client = connectTo(app).send(wire(sign()))
    await running.opened
    client.destroy()
    await gone.opened
    gate.open()
    await handled.opened
  })

  test('a body over bodyLimit is answered 413, also one of exactly the default', async () => {
    const { app } = await serve((root) => {
      const options = { ...hook().webhook, maxBodyBytes: 3_000_000 }
      root.post('/hook', { ...webhook(options), bodyLimit: 1024 * 1024 }, ok)
    }, withPlugin)
    const large = { id: crypto.randomUUID(), type: 'ticket.created', text: 'x'.repeat(1024 * 1024) }
    expect((await deliver(app, sign({ payload: large }))).status).toBe(413)
  })

  test.each<[string, Partial<ReceiverOptions<VisibuildEvent>>, RegExp]>([
    ['secret', { secret: '' }, /secret/],
    ['leaseMs', { leaseMs: -1 }, /leaseMs/],
    ['store', { store: 'memory' as never }, /store/],
    ['endpoint', { store: Object.assign(memoryStore(), { shared: true }) }, /endpoint/],
  ])('a wrong option throws at once: %s', (_name, options, message) => {
    expect(() => webhook({ ...hook().webhook, ...options })).toThrow(message)
    expect(() => webhookHandler({ ...hook().webhook, ...options }, ok)).toThrow(message)
  })

  test('an endpoint name that is taken is reported with the first delivery, and nothing runs', async () => {
    const store = memoryStore()
    const options = () => ({ ...hook().webhook, store, endpoint: 'tickets' })
    const handler = vi.fn(ok)
    const declare = (root: ReturnType<typeof createApp>['app']) => {
      root.post('/hook', { ...webhook(options()) }, ok)
      root.post('/other', { ...webhook(options()) }, handler)
    }
    if (withPlugin) {
      await expect(serve(declare, withPlugin)).rejects.toThrow(/"tickets"/)
      return
    }
    const { app } = await serve(declare)
    expect((await deliver(app)).status).toBe(200)
    const answer = await deliver(app, sign({ url: '/other' }))
    expect([answer.status, handler.mock.calls.length]).toEqual([500, 0])
  })
})

test("the plugin's options apply to all routes; a route's own options win", async () => {
  const store = memoryStore()
  const claim = vi.spyOn(store, 'claim')
  const [shared, own] = [vi.fn(), vi.fn()]
  const { app } = createApp()
  await app.register(webhooks, { store, onHandled: shared })
  const options = { ...hook().webhook, endpoint: 'tickets' }
  app.post('/hook', { ...webhook(options) }, ok)
  app.post('/own', { ...webhook({ ...options, endpoint: 'own', onHandled: own }) }, ok)
  await app.listen({ port: 0, host: '127.0.0.1' })
  await deliver(app)
  await deliver(app, sign({ url: '/own' }))
  expect([claim, shared, own].map((spy) => spy.mock.calls.length)).toEqual([2, 1, 1])
})

test('routes that share their options are one endpoint, including their HEAD routes and prefixes', async () => {
  const options = { ...hook().webhook, store: memoryStore(), endpoint: 'tickets' }
  const { app } = await serve((root) => {
    root.post('/hook', { ...webhook(options) }, ok)
    root.get('/got', { ...webhook(options) }, ok)
    root.register(async (child) => void child.post('/', { ...webhook(options) }, ok), { prefix: '/below' })
  })
  const delivery = sign()
  expect((await deliver(app, delivery)).status).toBe(200)
  for (const url of ['/below', '/below/'])
    expect((await deliver(app, { ...delivery, url })).body).toBe('{"status":"duplicate"}')
  for (const method of ['GET', 'HEAD'])
    expect((await deliver(app, sign({ url: '/got', method }))).status).toBe(405)
})

test('with a plugin in another context, the helper verifies by itself', async () => {
  const onHandled = vi.fn()
  const { app } = await serve(async (root) => {
    await root.register(async (child) => void (await child.register(webhooks, { onHandled })))
    root.post('/hook', { ...webhook(hook().webhook) }, async ({ webhook }) => webhook.event)
  })
  expect((await deliver(app)).body).toBe('ticket.created')
  expect((await deliver(app, forged())).status).toBe(401)
  expect(onHandled).not.toHaveBeenCalled()
})

test('a hook of the user that replaces one of the helper leaves the route closed', async () => {
  const handler = vi.fn(ok)
  for (const name of ['preParsing', 'preValidation']) {
    const { app } = await serve((root) =>
      root.post('/hook', { ...webhook(hook().webhook), [name]: async () => undefined }, handler),
    )
    expect((await deliver(app, forged())).status).toBeGreaterThanOrEqual(400)
  }
  expect(handler).not.toHaveBeenCalled()
})

test('webhook() under config with other options is mounted twice, and the error says so', async () => {
  const { app, log } = await serve((root) => {
    root.post('/hook', { ...webhook(hook().webhook), config: hook() }, ok)
  }, true)
  expect((await deliver(app)).status).toBe(500)
  expect(log.some(({ err }) => err?.code === 'ERR_WEBHOOK_VERIFIED_TWICE')).toBe(true)
})

test('HTTP/2 is refused, and nothing runs', async () => {
  const handler = vi.fn(ok)
  const { app } = createApp({ http2: true } as never)
  app.post('/hook', { ...webhook({ scheme: visibuild(), secret }) }, handler)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { connect } = await import('node:http2')
  const session = connect(app.listeningOrigin)
  const stream = session.request({ ':method': 'POST', ':path': '/hook' })
  const status = new Promise((resolve) => stream.once('response', (headers) => resolve(headers[':status'])))
  stream.end('{}')
  expect(await status).toBe(500)
  session.destroy()
  expect(handler).not.toHaveBeenCalled()
})
