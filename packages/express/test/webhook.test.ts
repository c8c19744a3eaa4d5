import { type DedupeStore, memoryStore, type ReceiverOptions } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { type RequestHandler, Router } from 'express'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { RawClient } from '../../../test/support/raw-client.js'
import { serve } from '../../../test/support/serve.js'
import { webhook } from '../src/index.js'
import { type Express, frameworks } from './support/frameworks.js'
import { attemptHeaders, deliver, rawDelivery, secret, signedHeaders, ticketBody } from './support/sender.js'

type Options = Partial<ReceiverOptions<VisibuildEvent>>

/** Serves one webhook. It uses no separate Router, because the newer one does not work in the older Express. */
function serveWebhook(express: Express, options: Options, ...route: RequestHandler[]) {
  const app = express()
  app.set('env', 'test')
  app.post('/hook', webhook({ scheme: visibuild(), secret, ...options }), ...route)
  app.get('/other', (_req, res) => void res.send('other'))
  return serve(app).then((served) => ({ ...served, hook: `${served.url}/hook` }))
}

const ok: RequestHandler = (_req, res) => void res.sendStatus(204)

describe.each(frameworks)('webhook() on $framework', ({ express }) => {
  test('passes on a verified delivery as req.webhook and res.locals.webhook', async () => {
    const route = vi.fn<RequestHandler>((req, res) => {
      expect(res.locals.webhook).toBe(req.webhook)
      res.sendStatus(204)
    })
    const { hook } = await serveWebhook(express, { endpoint: 'handed-on' }, route)
    const body = ticketBody({ id: 'event-1' })
    expect((await deliver(hook, body, signedHeaders({ body, delivery: 'd-1' }))).status).toBe(204)
    const delivery = route.mock.calls[0]?.[0].webhook
    expect(delivery).toMatchObject({
      scheme: 'visibuild',
      endpoint: 'handed-on',
      id: 'd-1',
      event: 'ticket.created',
      payload: { id: 'event-1' },
      attempt: 1,
    })
    expect(Buffer.from(delivery?.rawBody ?? []).toString()).toBe(body)
  })

  test('works in lists of handlers, as Express takes them', async () => {
    const app = express()
    const options = { scheme: visibuild(), secret }
    app.post('/list', [webhook({ ...options, endpoint: 'list' })], (req, res) => {
      res.send(req.webhook.event)
    })
    app.post('/handlers', webhook({ ...options, endpoint: 'handlers' }), [
      (_req, _res, next) => next(),
      (req, res) => void res.send(req.webhook.event),
    ])
    const { url } = await serve(app)
    const body = ticketBody({ id: 'event-1' })
    for (const path of ['/list', '/handlers']) {
      const { status, body: text } = await deliver(url + path, body, signedHeaders({ body, delivery: 'd-1' }))
      expect([status, text]).toEqual([200, 'ticket.created'])
    }
  })

  test.each<[string, number, RequestHandler]>([
    ['answers 400', 400, (_req, res) => void res.status(400).json({ error: 'no' })],
    ['answers 404', 404, (_req, res) => void res.sendStatus(404)],
    ['answers 503', 503, (_req, res) => void res.sendStatus(503)],
    ['redirects', 302, (_req, res) => void res.redirect('/elsewhere')],
    ['does not answer', 404, (_req, _res, next) => next()],
    ['calls next(error)', 500, (_req, _res, next) => next(new Error('broken'))],
    [
      'throws',
      500,
      () => {
        throw new Error('broken')
      },
    ],
    [
      'throws an error with a status',
      422,
      (_req, _res, next) => next(Object.assign(new Error(), { status: 422 })),
    ],
  ])('a route that %s releases: the retry runs', async (_what, status, failing) => {
    const route = vi.fn<RequestHandler>(ok).mockImplementationOnce(failing)
    const { hook } = await serveWebhook(express, {}, route)
    const body = ticketBody()
    expect((await deliver(hook, body)).status).toBe(status)
    expect((await deliver(hook, body, attemptHeaders(2, body))).status).toBe(204)
    expect((await deliver(hook, body)).body).toContain('duplicate')
    expect(route.mock.calls.map(([req]) => req.webhook?.attempt)).toEqual([1, 2])
  })

  test('onFailed gets the status that the sender got', async () => {
    const onFailed = vi.fn()
    const { hook } = await serveWebhook(express, { onFailed }, (_req, res) => void res.sendStatus(418))
    await deliver(hook)
    const [{ code, error }] = onFailed.mock.calls[0] as [{ code: string; error: Error }]
    expect(code).toBe('ERR_WEBHOOK_HANDLER_FAILED')
    expect(error.message).toContain('418')
  })

  test('a request that a timeout of the application answered does not reach the route, and can be retried', async () => {
    const asked = createGate()
    const gate = createGate()
    const route = vi.fn(ok)
    const onFailed = createGate()
    const app = express()
    let timesOut = true
    app.use((_req, res, next) => {
      if (timesOut) void asked.opened.then(() => res.status(503).send('timeout')).then(gate.open)
      next()
    })
    const resolveSecret = async () => {
      asked.open()
      if (timesOut) await gate.opened
      return secret
    }
    app.post('/hook', webhook({ scheme: visibuild(), secret: resolveSecret, onFailed: onFailed.open }), route)
    const { url } = await serve(app)
    const body = ticketBody()
    expect(await deliver(`${url}/hook`, body)).toMatchObject({ status: 503, body: 'timeout' })
    await onFailed.opened
    expect(route).not.toHaveBeenCalled()
    timesOut = false
    expect((await deliver(`${url}/hook`, body)).status).toBe(204)
  })

  test('the scheme sees the whole URL below a router', async () => {
    const app = express()
    const router = express === frameworks[0]?.express ? Router() : express.Router()
    const seen: string[] = []
    const resolveSecret = ({ url }: { url: string }) => {
      seen.push(url)
      return secret
    }
    router.post('/hook', webhook({ scheme: visibuild(), secret: resolveSecret }), ok)
    app.use('/tenants/:tenant', router)
    const { url } = await serve(app)
    expect((await deliver(`${url}/tenants/a/hook?b=c`)).status).toBe(204)
    expect(seen).toEqual(['/tenants/a/hook?b=c'])
  })

  test('one middleware may serve several routes', async () => {
    const app = express()
    const receive = webhook({ scheme: visibuild(), secret: [{ id: 'new', value: secret }] })
    app.post('/one', receive, (req, res) => void res.send(req.webhook.secretId))
    app.post('/two', receive, (req, res) => void res.send(req.webhook.secretId))
    const { url } = await serve(app)
    const body = ticketBody()
    expect((await deliver(`${url}/one`, body)).body).toBe('new')
    expect((await deliver(`${url}/two`, body)).body).toContain('duplicate')
  })
})

describe.each(frameworks)(
  'the last attempt before the endpoint would be switched off, on $framework',
  ({ express }) => {
    const failures: Record<string, RequestHandler> = {
      'json()': (_req, res) => void res.status(500).set('x-poison', '1').json({ why: 'poison' }),
      'a throw': () => {
        throw new Error('poison')
      },
      'writeHead(), write() and end()': (_req, res) => {
        res.writeHead(500, 'Poison', { 'x-poison': '1' })
        res.flushHeaders()
        res.write('poison', () => res.end('poison'))
      },
      'two answers': (_req, res) => {
        res.status(500).json({ why: 'poison' })
        res.write('poison')
        res.writeHead(502)
        res.end('poison')
      },
    }

    test.each(Object.entries(failures))(
      'a failure by %s is kept, and answered 2xx',
      async (_how, failing) => {
        const steps: string[] = []
        const onExhausted = async () => {
          await new Promise(setImmediate)
          steps.push('exhausted')
        }
        const route = vi.fn(failing)
        const { hook, port } = await serveWebhook(express, { exhaustAfter: 2, onExhausted }, route)
        const body = ticketBody()
        expect((await deliver(hook, body)).status).toBe(500)
        const client = new RawClient(port).send(rawDelivery(body, '', attemptHeaders(2, body)))
        expect(await client.answer()).toMatchObject({ status: 200, body: '{"status":"exhausted"}' })
        steps.push('answered')
        expect(client.received).toMatch(/^HTTP\/1.1 200 OK\r\n/)
        expect(client.received).not.toMatch(/poison/i)
        expect(steps).toEqual(['exhausted', 'answered'])
        expect((await deliver(hook, body)).status).toBe(200)
        expect(route).toHaveBeenCalledTimes(2)
      },
    )

    test('a write of the route after the end is refused with an error to its callback', async () => {
      const refusals: unknown[] = []
      const { hook } = await serveWebhook(express, { exhaustAfter: 1 }, (_req, res) => {
        res.sendStatus(500)
        expect(res.write('poison', (error) => refusals.push(error))).toBe(false)
        res.end((error?: Error) => refusals.push(error))
      })
      expect((await deliver(hook)).body).toBe('{"status":"exhausted"}')
      const code = 'ERR_STREAM_WRITE_AFTER_END'
      expect(refusals).toMatchObject([{ code }, { code }])
    })

    test('a success is the answer of the route', async () => {
      const { hook } = await serveWebhook(express, { exhaustAfter: 1 }, (_req, res) => {
        res.writeHead(201, { 'content-length': 4 })
        res.flushHeaders()
        res.write('do')
        res.end('ne')
      })
      expect(await deliver(hook)).toMatchObject({ status: 201, body: 'done' })
    })

    test('a failure that the store could not keep is not answered 2xx', async () => {
      const store: DedupeStore = {
        ...spread(memoryStore()),
        release: () => Promise.reject(new Error('down')),
      }
      const failing: RequestHandler = (_req, res) => void res.status(422).send('poison')
      const { hook } = await serveWebhook(express, { exhaustAfter: 1, store }, failing)
      expect(await deliver(hook)).toMatchObject({ status: 500, body: '{"error":"handler failed"}' })
    })

    test('a failure after the head was sent does not change the status', async () => {
      const { hook } = await serveWebhook(express, { exhaustAfter: 1 }, (_req, res) => {
        res.write('half a success')
        res.statusCode = 500
        res.end()
      })
      expect(await deliver(hook)).toMatchObject({ status: 200, body: 'half a success' })
    })
  },
)

/** Copies a store's operations, so that a test can replace one. */
function spread(store: DedupeStore): DedupeStore {
  return {
    name: store.name,
    shared: store.shared,
    claim: (request) => store.claim(request),
    extend: (request) => store.extend(request),
    acknowledge: (request) => store.acknowledge(request),
    complete: (request) => store.complete(request),
    release: (request) => store.release(request),
    fail: (request) => store.fail(request),
    forget: (request) => store.forget(request),
  }
}
