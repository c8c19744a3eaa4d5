import { createHmac } from 'node:crypto'
import { memoryStore, WebhookPermanentError } from '@countersign/core'
import { embeddable, visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { type WebhookHandler, webhookHandler } from '../src/index.js'
import { frameworks } from './support/frameworks.js'
import { createGate } from './support/gate.js'
import { parseAnswer, RawClient } from './support/raw-client.js'
import { deliver, rawDelivery, secret, signedHeaders, ticketBody } from './support/sender.js'
import { serve } from './support/serve.js'

type Options = Partial<Parameters<typeof webhookHandler>[0]>

describe.each(frameworks)('webhookHandler() on $framework', ({ express }) => {
  async function serveHandler(handler: WebhookHandler, options: Options = {}) {
    const app = express()
    app.set('env', 'test')
    app.post('/hook', webhookHandler({ scheme: visibuild(), secret, ...options }, handler))
    app.get('/other', (_req, res) => void res.send('other'))
    const served = await serve(app)
    return { ...served, hook: `${served.url}/hook` }
  }

  test('runs the handler with the delivery and what belongs to Express, and answers', async () => {
    const handler = vi.fn<WebhookHandler>(async () => ({ internal: 'result' }))
    const { hook } = await serveHandler(handler)
    const body = ticketBody({ id: 'event-1' })
    expect(await deliver(hook, body)).toMatchObject({ status: 200, body: '{"status":"processed"}' })
    const [delivery, { req, res }] = handler.mock.calls[0] ?? expect.fail('not called')
    expect(delivery).toMatchObject({ event: 'ticket.created', payload: { id: 'event-1' } })
    expect([req.originalUrl, res.req]).toEqual(['/hook', req])
    expect(await deliver(hook, body)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test.each<[string, WebhookHandler]>([
    [
      'throws',
      () => {
        throw new Error('password=hunter2')
      },
    ],
    ['rejects', () => Promise.reject(new Error('password=hunter2'))],
    ['throws what is no error', () => Promise.reject('password=hunter2')],
  ])('a handler that %s is answered 500 without its text, and the retry runs', async (_how, failing) => {
    const handler = vi.fn<WebhookHandler>(() => undefined).mockImplementationOnce(failing)
    const { hook } = await serveHandler(handler)
    const body = ticketBody()
    const failed = await deliver(hook, body)
    expect(failed.status).toBe(500)
    expect(JSON.stringify(failed)).not.toContain('hunter2')
    expect((await deliver(hook, body)).status).toBe(200)
    expect(handler.mock.calls.map(([{ attempt }]) => attempt)).toEqual([1, 2])
  })

  test('a failure for good is kept and answered 2xx', async () => {
    const handler = vi.fn<WebhookHandler>(() => Promise.reject(new WebhookPermanentError('no such ticket')))
    const { hook } = await serveHandler(handler)
    const body = ticketBody()
    for (let attempt = 1; attempt <= 2; attempt++) {
      expect(await deliver(hook, body)).toMatchObject({ status: 200, body: '{"status":"failed-for-good"}' })
    }
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test('the last attempt before the endpoint would be switched off is answered 2xx', async () => {
    const { hook } = await serveHandler(() => Promise.reject(new Error('poison')), { exhaustAfter: 2 })
    const body = ticketBody()
    expect((await deliver(hook, body)).status).toBe(500)
    expect((await deliver(hook, body)).status).toBe(200)
  })

  test('nothing is answered before the claim is complete', async () => {
    const gate = createGate()
    const completing = createGate()
    const store = memoryStore()
    const complete = store.complete.bind(store)
    store.complete = async (request) => {
      completing.open()
      await gate.opened
      return complete(request)
    }
    const { port, url } = await serveHandler(() => undefined, { store })
    const client = new RawClient(port).send(rawDelivery(ticketBody()))
    await completing.opened
    for (let i = 0; i < 3; i++) await (await fetch(`${url}/other`)).text()
    expect(parseAnswer(client.received)).toBeUndefined()
    gate.open()
    expect((await client.answer()).status).toBe(200)
  })

  test('a sender that goes away does not stop the handler, and the retry is a duplicate', async () => {
    const gate = createGate()
    const running = createGate()
    const closed = createGate()
    const handled = createGate()
    const handler: WebhookHandler = async ({ signal }, { res }) => {
      res.on('close', closed.open)
      running.open()
      await gate.opened
      expect(signal.aborted).toBe(false)
    }
    const { hook, port } = await serveHandler(handler, { onHandled: handled.open })
    const body = ticketBody()
    const client = new RawClient(port).send(rawDelivery(body))
    await running.opened
    client.socket.destroy()
    await closed.opened
    gate.open()
    await handled.opened
    expect((await deliver(hook, body)).body).toContain('duplicate')
  })

  test('a handler that answers by itself breaks nothing', async () => {
    const { hook } = await serveHandler((_delivery, { res }) => void res.status(202).send('mine'))
    expect(await deliver(hook)).toMatchObject({ status: 202, body: 'mine' })
    expect((await deliver(hook)).status).toBe(202)
  })

  test('senders that give nothing unique are handled each time', async () => {
    const handler = vi.fn()
    const { hook } = await serveHandler(handler, { scheme: embeddable() } as Options)
    const body = '{"email":"a@example.com"}'
    const mac = createHmac('sha256', secret).update(body).digest('hex')
    for (let i = 0; i < 2; i++) {
      expect((await deliver(hook, body, { 'x-signature': `sha256=${mac}` })).status).toBe(200)
    }
    expect(handler).toHaveBeenCalledTimes(2)
  })

  test('other methods on the same route are answered 405', async () => {
    const handler = vi.fn()
    const app = express()
    app.use('/hook', webhookHandler({ scheme: visibuild(), secret }, handler))
    const { url } = await serve(app)
    const answer = await fetch(`${url}/hook`)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await deliver(`${url}/hook`)).status).toBe(200)
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test('the answer to a forged request says nothing, whatever is wrong with it', async () => {
    const handler = vi.fn()
    const { hook } = await serveHandler(handler)
    const body = ticketBody()
    const good = signedHeaders({ body })
    const signature = good['x-visibuild-signature'] ?? ''
    const bodies = new Set<string>()
    for (const forged of [
      signedHeaders({ body, key: 'another secret of 32 characters.' }),
      signedHeaders({ body, timestamp: '1' }),
      { ...good, 'x-visibuild-signature': signature.slice(0, -1) },
      { ...good, 'x-visibuild-signature': 'sha256=ab' },
      { ...good, 'x-visibuild-signature': 'sha256=' },
      { ...good, 'x-visibuild-signature': signature.replace('sha256', 'sha1') },
      { ...good, 'x-visibuild-timestamp': '1e3' },
      { 'x-visibuild-timestamp': good['x-visibuild-timestamp'] ?? '' },
      {},
    ]) {
      const refused = await deliver(hook, body, forged)
      expect(refused.status).toBe(401)
      bodies.add(refused.body)
    }
    expect(bodies.size).toBe(1)
    expect((await deliver(hook, `${body} $& $1 $\``, good)).status).toBe(401)
    expect(handler).not.toHaveBeenCalled()
  })

  test('a wrong set-up shows when the route is made', () => {
    const make = (options: object) => () =>
      webhookHandler({ scheme: visibuild(), secret, ...options }, vi.fn())
    expect(make({ secret: undefined })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
    expect(make({ secret: '' })).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }))
    expect(make({ leaseMs: 0 })).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_OPTION_INVALID' }))
  })
})
