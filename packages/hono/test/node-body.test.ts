import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { visibuild } from '@countersign/core/schemes'
import { sendRequest } from '@countersign/testing'
import { getRequestListener } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cloneRawRequest } from 'hono/request'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { serve } from '../../../test/support/serve.js'
import { webhook, webhookHandler } from '../src/index.js'
import { secret, sign } from './support/deliver.js'
import { serveNode } from './support/serve-node.js'

const settings = { scheme: visibuild(), secret }
const text = '{"id":"event-1","type":"ticket.created","data":{"note":"Grüße"}}'

const forms = {
  webhook: (app: Hono, read: (c: Context) => unknown) =>
    app.post('/hook', webhook(settings), async (c) => c.json(await read(c))),
  webhookHandler: (app: Hono, read: (c: Context) => unknown) =>
    app.post(
      '/hook',
      webhookHandler(settings, async (_delivery, c) => c.json(await read(c))),
    ),
}

async function post(url: string, request = sign({ body: text })) {
  const { status, body } = await sendRequest({ ...request, url: `${url}/hook` })
  return { status, body: JSON.parse(body) }
}

/** Reads as other middleware does, and passes on. */
const before =
  (read: (c: Context) => unknown): MiddlewareHandler =>
  async (c, next) => {
    await read(c)
    await next()
  }

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(Object.entries(forms))('%s() on @hono/node-server', (_form, mount) => {
  test('reads an untouched body from Node, without a web stream', async () => {
    const toWeb = vi.spyOn(Readable, 'toWeb')
    const app = new Hono()
    mount(app, (c) => c.req.json())
    const { url } = await serveNode(app)
    expect(await post(url)).toEqual({ status: 200, body: JSON.parse(text) })
    expect(await post(url, sign({ omitProof: true }))).toMatchObject({ status: 401 })
    expect(toWeb).not.toHaveBeenCalled()
  })

  test.each<[string, (c: Context) => unknown, unknown]>([
    ['c.req.json()', (c) => c.req.json(), JSON.parse(text)],
    ['c.req.text(), twice', async (c) => [await c.req.text(), await c.req.text()], [text, text]],
    ['c.req.arrayBuffer()', async (c) => Buffer.from(await c.req.arrayBuffer()).toString(), text],
    ['c.req.blob()', async (c) => (await c.req.blob()).text(), text],
    ['c.req.raw.json()', (c) => c.req.raw.json(), JSON.parse(text)],
    ['c.req.raw.body', async (c) => (await buffer(c.req.raw.body as never)).toString(), text],
    ['c.req.raw.clone()', (c) => c.req.raw.clone().text(), text],
    ['a cloned request', async (c) => (await cloneRawRequest(c.req)).text(), text],
    ['c.req.raw.bodyUsed', (c) => c.req.raw.bodyUsed, false],
  ])('%s has the verified body', async (_how, read, expected) => {
    const app = new Hono()
    mount(app, read)
    const { url } = await serveNode(app)
    expect(await post(url)).toEqual({ status: 200, body: expected })
  })

  test('what is written into the bytes that the route reads does not change the delivery', async () => {
    const app = new Hono()
    app.post('/hook', webhook(settings), async (c) => {
      new Uint8Array(await c.req.arrayBuffer()).fill(0)
      return c.json(Buffer.from(c.get('webhook').rawBody).toString())
    })
    const { url } = await serveNode(app)
    expect(await post(url)).toEqual({ status: 200, body: text })
  })

  test.each<[string, MiddlewareHandler]>([
    ['bodyLimit()', bodyLimit({ maxSize: 1000 })],
    ['code that looks at c.req.raw.body', before((c) => c.req.raw.body)],
    ['code that looks at a header', before((c) => c.req.header('content-type'))],
    ['code that clones the request', before((c) => c.req.raw.clone().text())],
  ])('%s may come first', async (_name, middleware) => {
    const app = new Hono()
    app.use(middleware)
    mount(app, (c) => c.req.json())
    const { url } = await serveNode(app)
    expect(await post(url)).toEqual({ status: 200, body: JSON.parse(text) })
  })

  test('headers that middleware has changed count', async () => {
    const app = new Hono()
    app.use(before((c) => c.req.raw.headers.delete('x-visibuild-signature')))
    mount(app, () => 'done')
    const { url } = await serveNode(app)
    expect(await post(url)).toMatchObject({ status: 401 })
  })

  test.each<[string, (c: Context) => unknown]>([
    ['c.req.text()', (c) => c.req.text()],
    ['c.req.raw.arrayBuffer()', (c) => c.req.raw.arrayBuffer()],
    ['the request of Node', (c) => buffer(c.env.incoming)],
    ['a reader that holds it', (c) => c.req.raw.body?.getReader()],
  ])('a body that was read before, as %s, is answered 500', async (_how, read) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const app = new Hono()
    app.use(before(read))
    mount(app, () => 'done')
    const { url } = await serveNode(app)
    expect(await post(url)).toEqual({ status: 500, body: { error: 'misconfigured' } })
  })

  test('a body that the host has read is verified from its copy', async () => {
    const app = new Hono()
    mount(app, (c) => c.req.json())
    const listener = getRequestListener(app.fetch)
    const { url } = await serve(async (incoming, outgoing) => {
      const rawBody = await buffer(incoming)
      await listener(Object.assign(incoming, { rawBody }), outgoing)
    })
    expect(await post(url)).toEqual({ status: 200, body: JSON.parse(text) })
  })
})

test('the depth of stack traces stays as it was', async () => {
  const { stackTraceLimit } = Error
  const app = new Hono()
  forms.webhook(app, () => Error.stackTraceLimit)
  const { url } = await serveNode(app)
  expect(await post(url)).toEqual({ status: 200, body: stackTraceLimit })
})
