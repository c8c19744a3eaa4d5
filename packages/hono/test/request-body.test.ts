import { hmacScheme, scratcher, visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cloneRawRequest } from 'hono/request'
import { describe, expect, test, vi } from 'vitest'
import { webhook, webhookHandler } from '../src/index.js'
import { deliver, secret, sign } from './support/deliver.js'

/** Both forms, each with code that reads the request's body again. */
const forms = {
  webhook: (path: string, app: Hono, read: (c: Context) => unknown) =>
    app.post(path, webhook({ scheme: visibuild(), secret }), async (c) => c.json(await read(c))),
  webhookHandler: (path: string, app: Hono, read: (c: Context) => unknown) =>
    app.post(
      path,
      webhookHandler({ scheme: visibuild(), secret }, async (_delivery, c) => c.json(await read(c))),
    ),
}

const text = '{"id":"event-1","type":"ticket.created","data":{"note":"Grüße"}}'

describe.each(Object.entries(forms))('behind %s()', (_form, mount) => {
  test.each<[string, (c: Context) => unknown, unknown]>([
    ['c.req.json()', (c) => c.req.json(), JSON.parse(text)],
    ['c.req.text()', (c) => c.req.text(), text],
    [
      'c.req.text() and c.req.json()',
      async (c) => [await c.req.text(), await c.req.json()],
      [text, JSON.parse(text)],
    ],
    ['c.req.arrayBuffer()', async (c) => Buffer.from(await c.req.arrayBuffer()).toString(), text],
    ['c.req.blob()', async (c) => (await c.req.blob()).text(), text],
    ['c.req.raw.json()', (c) => c.req.raw.json(), JSON.parse(text)],
    ['c.req.raw.clone()', (c) => c.req.raw.clone().text(), text],
    ['a cloned request', async (c) => (await cloneRawRequest(c.req)).text(), text],
    [
      'the rest of the request',
      (c) => [c.req.method, c.req.url, c.req.header('x-kept')],
      ['POST', 'http://test/hook', 'yes'],
    ],
  ])('%s has the verified body', async (_how, read, expected) => {
    const app = new Hono()
    mount('/hook', app, read)
    const { status, body } = await deliver(app, sign({ body: text, headers: { 'x-kept': 'yes' } }))
    expect([status, JSON.parse(body)]).toEqual([200, expected])
  })

  test('the cached body of an earlier read is replaced', async () => {
    const app = new Hono()
    app.use(async (c, next) => {
      await c.req.text()
      c.req.raw = new Request(c.req.raw, { body: text })
      await next()
    })
    mount('/hook', app, (c) => c.req.json())
    const honest = sign({ body: text })
    const replaced = { ...honest, body: Buffer.from(text.replace('event-1', 'event-2')) }
    expect(JSON.parse((await deliver(app, replaced)).body)).toEqual(JSON.parse(text))
  })

  test('bodyLimit() can be mounted before the webhook', async () => {
    const app = new Hono()
    app.use(bodyLimit({ maxSize: 1000 }))
    mount('/hook', app, (c) => c.req.json())
    const request = sign({ body: text })
    expect((await deliver(app, request)).status).toBe(200)
    const chunked = { ...request, headers: [...request.headers, ['transfer-encoding', 'chunked']] as never }
    expect((await deliver(app, chunked)).body).toContain('duplicate')
  })

  test.each<[string, (c: Context) => unknown]>([
    ['c.req.json()', (c) => c.req.json()],
    ['c.req.arrayBuffer()', (c) => c.req.arrayBuffer()],
    ['c.req.raw.text()', (c) => c.req.raw.text()],
    [
      'a part of it',
      async (c) => {
        const reader = c.req.raw.body?.getReader()
        await reader?.read()
        reader?.releaseLock()
      },
    ],
    ['a reader that holds it', (c) => c.req.raw.body?.getReader()],
  ])(
    'a body that was read before, as %s, is answered 500, and the log says what to do',
    async (_how, read) => {
      const warn = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const app = new Hono()
      const run = vi.fn()
      let isReading = true
      app.use(async (c, next) => {
        if (isReading) await read(c)
        await next()
      })
      mount('/hook', app, run)
      const request = sign({ body: text })
      expect(await deliver(app, request)).toMatchObject({ status: 500, body: '{"error":"misconfigured"}' })
      expect(warn).toHaveBeenCalledWith(expect.stringContaining('put webhook() in front of it'))
      expect(run).not.toHaveBeenCalled()
      warn.mockRestore()
      isReading = false
      expect((await deliver(app, request)).status).toBe(200)
    },
  )
})

test('bytes that are not text are unchanged', async () => {
  const scheme = hmacScheme({ name: 'bytes', header: 'X-Signature', payload: 'bytes' })
  const body = Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0, 0x0d, 0x0a, 0xc3)
  const app = new Hono()
  app.post('/hook', webhook({ scheme, secret }), async (c) => c.json([...(await c.req.bytes())]))
  const request = createSender({ scheme, secret }).sign({ url: 'http://test/hook', body })
  expect((await deliver(app, request)).body).toBe(JSON.stringify([...body]))
})

test('a form can be read as a form', async () => {
  const scheme = hmacScheme({ name: 'form', header: 'X-Signature', payload: 'json-or-form' })
  const app = new Hono()
  app.post('/hook', webhook({ scheme, secret }), async (c) => c.json(await c.req.parseBody()))
  const request = createSender({ scheme, secret }).sign({ url: 'http://test/hook', form: { a: '1', b: 'ü' } })
  expect((await deliver(app, request)).body).toBe('{"a":"1","b":"ü"}')
})

test('an empty body stays empty', async () => {
  const scheme = hmacScheme({ name: 'bytes', header: 'X-Signature', payload: 'bytes' })
  const app = new Hono()
  app.post('/hook', webhook({ scheme, secret }), async (c) => c.json(await c.req.text()))
  const request = createSender({ scheme, secret }).sign({ url: 'http://test/hook', body: '' })
  expect(await deliver(app, request)).toMatchObject({ status: 200, body: '""' })
})

test('a GET, which has no body, is passed on unchanged', async () => {
  const app = new Hono()
  const scheme = scratcher({ proof: 'token', query: 'token', identity: 'none' })
  app.get('/hook', webhook({ scheme, secret }), async (c) =>
    c.json([c.var.webhook.payload, await c.req.text()]),
  )
  const request = {
    method: 'GET',
    url: `http://test/hook?token=${secret}&a=1`,
    headers: [],
    body: new Uint8Array(),
  }
  expect(await deliver(app, request)).toMatchObject({ status: 200, body: '[{"a":"1"},""]' })
})
