import { Readable } from 'node:stream'
import { describe, expect, test, vi } from 'vitest'
import { webhookHandler } from '../src/index.js'
import { deliver, hook, sign, signAgain, wire } from './support/deliver.js'
import { connectTo, serve } from './support/serve.js'
import { type Handler, type Route, serveRoute } from './support/serve-route.js'

/** A stream that fails before its first byte. */
const broken = () => new Readable({ construct: (done) => done(new Error('broken')) })

describe('a success completes, in every way that Fastify allows', () => {
  test.each<[string, number, string, Handler]>([
    ['returns a value', 200, '{"ok":true}', async () => ({ ok: true })],
    ['returns a value, without a promise', 200, '{"ok":true}', () => ({ ok: true })],
    ['returns nothing', 200, '', async () => undefined],
    ['sets a status and returns nothing', 202, '', async (_request, reply) => void reply.code(202)],
    ['returns its reply', 204, '', async (_request, reply) => reply.code(204).send()],
    ['sends, and returns nothing', 201, 'done', async (_request, reply) => void reply.code(201).send('done')],
    ['sends later', 200, 'done', (_request, reply) => void setImmediate(() => reply.send('done'))],
    [
      'awaits its reply',
      200,
      'done',
      async (_request, reply) => {
        setImmediate(() => reply.send('done'))
        await reply
      },
    ],
    ['sends a stream', 200, 'done', async () => Readable.from(['do', 'ne'])],
    ['sends a web stream', 200, 'done', async () => new Response('done').body],
    ['sends a Response', 201, 'done', async () => new Response('done', { status: 201 })],
    [
      'sends trailers',
      200,
      'done',
      async (_request, reply) => reply.trailer('etag', async () => 'x').send('done'),
    ],
    [
      'hijacks its reply',
      200,
      'done',
      (_request, reply) => {
        reply.hijack()
        reply.raw.write('do')
        setImmediate(() => reply.raw.end('ne'))
      },
    ],
  ])('a handler that %s', async (_what, status, body, handler) => {
    const { app, log } = await serveRoute({ handler })
    const delivery = sign()
    expect(await deliver(app, delivery)).toMatchObject({ status, body })
    expect(await deliver(app, delivery)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(log.filter(({ level }) => level > 30)).toEqual([])
  })
})

describe('the status that the sender gets decides: every status except 2xx releases', () => {
  const ok: Handler = async () => ({ ok: true })
  const fail: Handler = async () => {
    throw new Error('broken')
  }

  test.each<[string, number, Route]>([
    ['a status', 422, { handler: async (_request, reply) => reply.code(422).send({ error: 'no' }) }],
    ['a throw', 500, { handler: fail }],
    [
      'a throw that has a status',
      418,
      { handler: () => Promise.reject(Object.assign(new Error(), { statusCode: 418 })) },
    ],
    ['an error that is sent', 500, { handler: (_request, reply) => void reply.send(new Error('broken')) }],
    ['callNotFound', 404, { handler: (_request, reply) => void reply.callNotFound() }],
    ['a redirect', 302, { handler: async (_request, reply) => reply.redirect('/elsewhere') }],
    ['a Response', 503, { handler: async () => new Response('', { status: 503 }) }],
    [
      'an error handler',
      502,
      { handler: fail, declare: (app) => app.setErrorHandler((_e, _r, reply) => reply.code(502).send()) },
    ],
    [
      'an answer of a preHandler',
      403,
      { handler: ok, options: { preHandler: async (_request, reply) => reply.code(403).send() } },
    ],
    [
      'an onSend hook that changes the status',
      503,
      { handler: ok, options: { onSend: async (_request, reply) => void reply.code(503) } },
    ],
    ['an onSend hook that throws', 500, { handler: ok, options: { onSend: fail as never } }],
    ['a value that cannot be written', 500, { handler: async () => ({ big: 1n }) }],
    ['a stream that breaks before its first byte', 500, { handler: async () => broken() }],
    [
      'a hijacked reply',
      500,
      {
        handler: (_request, reply) => {
          reply.hijack()
          reply.raw.writeHead(500).end()
        },
      },
    ],
  ])('%s', async (_what, status, route) => {
    const handler = vi.fn(route.handler)
    const onFailed = vi.fn()
    const { app } = await serveRoute({ ...route, handler, webhook: { onFailed } })
    const delivery = sign()
    expect((await deliver(app, delivery)).status).toBe(status)
    expect((await deliver(app, signAgain(delivery))).status).toBe(status)
    expect(onFailed.mock.calls.map(([{ attempt }]) => attempt)).toEqual([1, 2])
    expect(onFailed.mock.calls[0]?.[0].error.message).toContain(String(status))
  })

  test('an error handler that turns a failure into a 2xx completes', async () => {
    const { app } = await serveRoute({
      handler: fail,
      declare: (app) => app.setErrorHandler(async () => ({ handled: true })),
    })
    const delivery = sign()
    expect((await deliver(app, delivery)).body).toBe('{"handled":true}')
    expect((await deliver(app, delivery)).body).toContain('duplicate')
  })

  test('the handler form settles by its handler, unless a preHandler answers first', async () => {
    let isClosed = true
    const { app } = await serve((root) =>
      root.post('/hook', {
        ...webhookHandler(hook().webhook, () => undefined),
        preHandler: async (_request, reply) => (isClosed ? reply.code(503).send() : undefined),
      }),
    )
    const delivery = sign()
    expect((await deliver(app, delivery)).status).toBe(503)
    isClosed = false
    expect((await deliver(app, delivery)).body).toBe('{"status":"processed"}')
  })
})

describe('the last attempt before the endpoint would be switched off', () => {
  test.each<[string, Handler]>([
    ['a throw', () => Promise.reject(new Error('poison'))],
    [
      'a stream',
      async (_request, reply) =>
        reply
          .code(500)
          .header('x-poison', '1')
          .send(Readable.from(['poison'])),
    ],
    ['a stream that breaks', async () => broken()],
    [
      'trailers',
      async (_request, reply) =>
        reply
          .code(500)
          .trailer('x-poison', async () => '1')
          .send('poison'),
    ],
    [
      'a hijacked reply',
      (_request, reply) => {
        reply.hijack()
        reply.raw.writeHead(500, { 'x-poison': '1' }).end('poison')
      },
    ],
    ['two answers', async (_request, reply) => reply.code(500).send('poison').send('poison')],
  ])('a failure by %s is kept, and answered 2xx', async (_how, handler) => {
    const onExhausted = vi.fn()
    const { app } = await serveRoute({ handler, webhook: { exhaustAfter: 1, onExhausted } })
    const client = connectTo(app).send(wire(sign()))
    expect(await client.answer()).toMatchObject({ status: 200, body: '{"status":"exhausted"}' })
    expect(client.received).not.toMatch(/poison/i)
    expect(onExhausted).toHaveBeenCalledTimes(1)
  })
})
