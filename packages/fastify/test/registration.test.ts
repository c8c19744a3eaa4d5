import { memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import fastifyPlugin from 'fastify-plugin'
import { describe, expect, test, vi } from 'vitest'
import webhooksByDefault, { webhookHandler, webhooks } from '../src/index.js'
import { deliver, hook, secret, sign } from './support/deliver.js'
import { connectTo, createApp, serve } from './support/serve.js'

const ok = async () => ({ ok: true })

describe('a route', () => {
  test('with a wrong option throws when it is declared, and the error names the fix', async () => {
    const { app } = createApp()
    await app.register(webhooks)
    const declare = (webhook: unknown) => () => app.post('/hook', { config: { webhook } as never }, ok)
    expect(declare({ scheme: visibuild(), secret: '' })).toThrow(/secret/)
    expect(declare({ scheme: visibuild(), secret, leaseMs: -1 })).toThrow(/leaseMs/)
    expect(declare({ secret })).toThrow(/scheme/)
    expect(() => app.post('/handled', webhookHandler({ scheme: visibuild(), secret: '' }, ok))).toThrow(
      /secret/,
    )
  })

  test.each([[undefined], [null], [false], [true], ['visibuild']])(
    'is not left open by a webhook that is %s',
    async (webhook) => {
      const { app } = createApp()
      await app.register(webhooks)
      const declare = () => app.post('/hook', { config: { webhook } as never }, ok)
      expect(declare).toThrow(/config\.webhook must be an object of options/)
    },
  )

  test('below a prefix, with and without its slash, is one endpoint', async () => {
    const seen: string[] = []
    const resolveSecret = ({ url }: { url: string }) => {
      seen.push(url)
      return secret
    }
    const config = { webhook: { endpoint: 'tickets', scheme: visibuild(), secret: resolveSecret } }
    const { app } = await serve((root) =>
      root.register(async (child) => void child.post('/', { config }, ok), { prefix: '/hooks/:tenant' }),
    )
    expect((await deliver(app, sign({ url: '/hooks/a?b=c' }))).status).toBe(200)
    expect((await deliver(app, sign({ url: '/hooks/a/' }))).status).toBe(200)
    expect(seen).toEqual(['/hooks/a?b=c', '/hooks/a/'])
  })

  test('for GET has a HEAD route with the same receiver', async () => {
    const config = { webhook: { endpoint: 'tickets', scheme: visibuild(), secret } }
    const handler = vi.fn(ok)
    const { app } = await serve((root) => root.get('/hook', { config }, handler))
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await deliver(app, sign({ method }))
      expect([method, status, headers.allow]).toEqual([method, 405, 'POST'])
    }
    expect(handler).not.toHaveBeenCalled()
  })

  test('that shares its options with another route is the same endpoint', async () => {
    const config = { webhook: { endpoint: 'tickets', scheme: visibuild(), secret } }
    const { app } = await serve((root) => root.post('/hook', { config }, ok).post('/other', { config }, ok))
    const delivery = sign()
    expect((await deliver(app, delivery)).status).toBe(200)
    expect((await deliver(app, { ...delivery, url: '/other' })).body).toBe('{"status":"duplicate"}')
  })
})

describe('the plugin', () => {
  test('is exported by name and as default, and works with a dynamic import', async () => {
    expect(webhooksByDefault).toBe(webhooks)
    const { app } = createApp()
    await app.register(import('../src/index.js'))
    app.post('/hook', { config: hook() }, async ({ webhook }) => webhook.event)
    const { method, url, headers, body } = sign()
    const answer = await app.inject({
      method: method as 'POST',
      url,
      headers: Object.fromEntries(headers),
      payload: Buffer.from(body),
    })
    expect(answer.body).toBe('ticket.created')
  })

  test('cannot be registered twice, on one instance or below it', async () => {
    const again = /registered on this instance or on a parent/
    const { app } = createApp()
    await app.register(webhooks)
    await expect(app.register(webhooks)).rejects.toThrow(again)
    const { app: other } = createApp()
    await other.register(webhooks)
    await expect(other.register(async (child) => void (await child.register(webhooks)))).rejects.toThrow(
      again,
    )
  })

  test('can be registered in sibling contexts, each for its own routes', async () => {
    const { app } = createApp()
    for (const name of ['one', 'two']) {
      await app.register(async (child) => {
        await child.register(webhooks)
        child.post(`/${name}`, { config: hook() }, async ({ webhook }) => webhook.event)
      })
    }
    await app.listen({ port: 0, host: '127.0.0.1' })
    expect((await deliver(app, sign({ url: '/one' }))).body).toBe('ticket.created')
    expect((await deliver(app, sign({ url: '/two' }))).body).toBe('ticket.created')
  })

  test('reaches sibling routes if another plugin registers it with fastify-plugin', async () => {
    const { app } = createApp()
    await app.register(fastifyPlugin(async (instance) => void (await instance.register(webhooks))))
    app.post('/hook', { config: hook() }, async ({ webhook }) => webhook.event)
    await app.listen({ port: 0, host: '127.0.0.1' })
    expect((await deliver(app)).body).toBe('ticket.created')
  })

  test.each(['scheme', 'secret', 'endpoint', 'schema', 'events'])(
    'refuses the option %s, which belongs to a route',
    async (name) => {
      const { app } = createApp()
      await expect(app.register(webhooks, { [name]: 'x' } as never)).rejects.toThrow(
        new RegExp(`The option ${name} belongs to a route`),
      )
    },
  )

  test('is refused on HTTP/2', async () => {
    const { app } = createApp({ http2: true } as never)
    await expect(app.register(webhooks)).rejects.toThrow(/need HTTP\/1/)
  })

  test("gives all routes its options; a route's own options win", async () => {
    const store = memoryStore()
    const claim = vi.spyOn(store, 'claim')
    const onHandled = vi.fn()
    const own = vi.fn()
    const options = Object.freeze({ store, onHandled })
    const { app } = createApp()
    await app.register(webhooks, options)
    const declare = (name: string, more = {}) => {
      const config = { webhook: { endpoint: name, scheme: visibuild(), secret, ...more } }
      app.post(`/${name}`, { config }, ok)
    }
    declare('shared')
    declare('own', { onHandled: own })
    expect(() => declare('shared')).toThrow(/shared/)
    await app.listen({ port: 0, host: '127.0.0.1' })
    await deliver(app, sign({ url: '/shared' }))
    await deliver(app, sign({ url: '/own' }))
    expect(onHandled.mock.calls.map(([{ endpoint }]) => endpoint)).toEqual(['shared'])
    expect(own.mock.calls.map(([{ endpoint }]) => endpoint)).toEqual(['own'])
    expect(claim).toHaveBeenCalledTimes(2)
  })
})

describe('a route that was declared before the plugin was loaded', () => {
  test('is still a webhook', async () => {
    const { app } = createApp()
    app.register(webhooks)
    app.post('/hook', { config: hook() }, async ({ webhook }) => webhook.event)
    await app.listen({ port: 0, host: '127.0.0.1' })
    const delivery = sign()
    expect((await deliver(app, delivery)).body).toBe('ticket.created')
    expect((await deliver(app, delivery)).body).toBe('{"status":"duplicate"}')
    expect((await deliver(app, sign({ secret: 'another-secret-of-the-sender' }))).status).toBe(401)
  })

  test('runs nothing with a wrong option: each request is answered 500, and the log says why', async () => {
    const { app, log } = createApp()
    const handler = vi.fn(ok)
    app.register(webhooks)
    app.post('/hook', { config: { webhook: { scheme: visibuild(), secret: '' } } }, handler)
    app.post('/open', { config: { webhook: undefined } as never }, handler)
    await app.listen({ port: 0, host: '127.0.0.1' })
    for (const url of ['/hook', '/hook', '/open'])
      expect((await deliver(app, sign({ url }))).status).toBe(500)
    expect(handler).not.toHaveBeenCalled()
    const messages = log.flatMap(({ level, err }) => (level === 50 && err ? [err.message] : []))
    expect(messages).toEqual([
      expect.stringContaining('secret'),
      expect.stringContaining('secret'),
      expect.stringContaining('config.webhook must be an object'),
    ])
    // A body that never arrives does not keep the connection open.
    const client = connectTo(app).send('POST /hook HTTP/1.1\r\nhost: test\r\ncontent-length: 9\r\n\r\nhalf')
    expect((await client.takeAnswer()).status).toBe(500)
    await client.closed()
  })
})

describe('request.webhook', () => {
  test('throws if there is no delivery, and the error says what to do', async () => {
    const { app, log } = await serve((root) => {
      root.get('/plain', async ({ webhook }) => webhook)
      root.post('/early', { config: hook(), onRequest: async ({ webhook }) => webhook }, ok)
      root.get('/handler', async (request, reply) =>
        webhookHandler({ scheme: visibuild(), secret }, ok).handler(request, reply),
      )
    })
    expect((await deliver(app, sign({ url: '/plain', method: 'GET' }))).status).toBe(500)
    expect((await deliver(app, sign({ url: '/early' }))).status).toBe(500)
    expect((await deliver(app, sign({ url: '/handler', method: 'GET' }))).status).toBe(500)
    const messages = log.flatMap(({ err }) => (err ? [err.message] : []))
    expect(messages).toEqual(Array(3).fill(expect.stringContaining('no verified delivery')))
  })

  test('does not open a route without the plugin', async () => {
    const { app } = createApp()
    const handler = vi.fn()
    app.post('/hook', { config: hook() }, async ({ webhook }) => handler(webhook.event))
    await app.listen({ port: 0, host: '127.0.0.1' })
    expect((await deliver(app)).status).toBe(500)
    expect(handler).not.toHaveBeenCalled()
  })
})
