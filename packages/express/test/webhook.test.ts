import { type DedupeStore, memoryStore, type ReceiverOptions } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { type Request, type RequestHandler, Router } from 'express'
import { describe, expect, test, vi } from 'vitest'
import { webhook } from '../src/index.js'
import { type Express, frameworks } from './support/frameworks.js'
import { createGate } from './support/gate.js'
import { parseAnswer, RawClient } from './support/raw-client.js'
import { deliver, rawDelivery, secret, signedHeaders, ticketBody } from './support/sender.js'
import { serve } from './support/serve.js'

type Options = Partial<ReceiverOptions<VisibuildEvent>>

/** Serves one webhook; the router of the newer Express would not do in the older one. */
function serveWebhook(express: Express, options: Options, ...route: RequestHandler[]) {
  const app = express()
  app.set('env', 'test')
  app.post('/hook', webhook({ scheme: visibuild(), secret, ...options }), ...route)
  app.get('/other', (_req, res) => void res.send('other'))
  return serve(app).then((served) => ({ ...served, hook: `${served.url}/hook` }))
}

const ok: RequestHandler = (_req, res) => void res.sendStatus(204)

describe.each(frameworks)('webhook() on $framework', ({ express }) => {
  test('hands on a verified delivery, as req.webhook and res.locals.webhook', async () => {
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

  test('a 2xx of the route completes: the repetition is answered and not run', async () => {
    const route = vi.fn(ok)
    const { hook } = await serveWebhook(express, {}, route)
    const body = ticketBody()
    expect((await deliver(hook, body)).status).toBe(204)
    expect(await deliver(hook, body)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(route).toHaveBeenCalledTimes(1)
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
    expect((await deliver(hook, body)).status).toBe(204)
    expect((await deliver(hook, body)).body).toContain('duplicate')
    expect(route.mock.calls.map(([req]) => req.webhook?.attempt)).toEqual([1, 2])
  })

  test('the failure is told with the status the sender got', async () => {
    const onFailed = vi.fn()
    const { hook } = await serveWebhook(express, { onFailed }, (_req, res) => void res.sendStatus(418))
    await deliver(hook)
    const [{ code, error }] = onFailed.mock.calls[0] as [{ code: string; error: Error }]
    expect(code).toBe('ERR_WEBHOOK_HANDLER_FAILED')
    expect(String(error.cause)).toContain('418')
  })

  test('the claim is complete in the store before the last byte of the answer', async () => {
    const gate = createGate()
    const completing = createGate()
    const inner = memoryStore()
    const store: DedupeStore = {
      ...spread(inner),
      complete: async (request) => {
        completing.open()
        await gate.opened
        return inner.complete(request)
      },
    }
    const { hook, port, url } = await serveWebhook(
      express,
      { store },
      (_req, res) => void res.json({ ok: 1 }),
    )
    const body = ticketBody()
    const client = new RawClient(port).send(rawDelivery(body))
    await completing.opened
    for (let i = 0; i < 3; i++) await (await fetch(`${url}/other`)).text()
    expect(parseAnswer(client.received)).toBeUndefined()
    expect(await deliver(hook, body)).toMatchObject({ status: 503, body: '{"status":"in-progress"}' })
    gate.open()
    expect((await client.answer()).body).toBe('{"ok":1}')
    expect((await deliver(hook, body)).body).toContain('duplicate')
  })

  test('a copy that comes while the first one runs waits its turn, and runs if the first one fails', async () => {
    const gate = createGate()
    const running = createGate()
    const route = vi.fn<RequestHandler>(ok).mockImplementationOnce(async (_req, res) => {
      running.open()
      await gate.opened
      res.sendStatus(500)
    })
    const { hook } = await serveWebhook(express, {}, route)
    const body = ticketBody()
    const first = deliver(hook, body)
    await running.opened
    const copy = await deliver(hook, body)
    expect(copy.status).toBe(503)
    expect(Number(copy.headers['retry-after'])).toBeGreaterThan(0)
    gate.open()
    expect((await first).status).toBe(500)
    expect((await deliver(hook, body)).status).toBe(204)
  })

  test('two deliveries at once settle each for itself, in any order', async () => {
    const gate = createGate()
    const running = createGate()
    const { hook } = await serveWebhook(express, {}, async (req, res) => {
      if (eventOf(req) === 'slow') {
        running.open()
        await gate.opened
        res.sendStatus(500)
        return
      }
      res.sendStatus(204)
    })
    const slow = ticketBody({ id: 'slow' })
    const quick = ticketBody({ id: 'quick' })
    const first = deliver(hook, slow)
    await running.opened
    expect((await deliver(hook, quick)).status).toBe(204)
    gate.open()
    expect((await first).status).toBe(500)
    expect((await deliver(hook, quick)).body).toContain('duplicate')
    expect((await deliver(hook, slow)).status).toBe(500)
  })

  test('a sender that goes away leaves the claim, and the late answer completes it', async () => {
    const closed = createGate()
    const gate = createGate()
    const running = createGate()
    const handled = createGate()
    const route = vi.fn<RequestHandler>(async (req, res) => {
      res.on('close', closed.open)
      running.open()
      await gate.opened
      expect(req.webhook?.signal.aborted).toBe(false)
      res.sendStatus(204)
    })
    const { hook, port } = await serveWebhook(express, { onHandled: handled.open }, route)
    const body = ticketBody()
    const client = new RawClient(port).send(rawDelivery(body))
    await running.opened
    client.socket.destroy()
    await closed.opened
    expect((await deliver(hook, body)).body).toContain('in-progress')
    gate.open()
    await handled.opened
    expect((await deliver(hook, body)).body).toContain('duplicate')
    expect(route).toHaveBeenCalledTimes(1)
  })

  test('a success that the store could not keep stays a success to the sender', async () => {
    const onStoreError = vi.fn()
    const store: DedupeStore = { ...spread(memoryStore()), complete: () => Promise.reject(new Error('down')) }
    const { hook } = await serveWebhook(express, { store, onStoreError }, ok)
    expect((await deliver(hook)).status).toBe(204)
    expect(onStoreError).toHaveBeenCalledTimes(1)
  })

  test('a store that is down is answered 503, and the route does not run', async () => {
    const route = vi.fn(ok)
    const store: DedupeStore = { ...spread(memoryStore()), claim: () => Promise.reject(new Error('down')) }
    const { hook } = await serveWebhook(express, { store }, route)
    const refused = await deliver(hook)
    expect(refused.status).toBe(503)
    expect(refused.headers).toHaveProperty('retry-after')
    expect(refused.body).not.toContain('down')
    expect(route).not.toHaveBeenCalled()
  })

  test('an event that is not asked for is answered 2xx and not run', async () => {
    const route = vi.fn(ok)
    const { hook } = await serveWebhook(express, { events: ['ticket.archived'] }, route)
    expect(await deliver(hook)).toMatchObject({ status: 200, body: '{"status":"ignored"}' })
    expect(route).not.toHaveBeenCalled()
  })

  test('a request that a timeout of the application answered does not reach the route, and can come again', async () => {
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

  test('the whole URL counts below a router', async () => {
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

  test('options may be frozen to their depth, and one middleware may serve several routes', async () => {
    const scheme = Object.freeze(visibuild({ toleranceSeconds: Object.freeze({ past: 60, future: 60 }) }))
    const options = Object.freeze({
      scheme,
      secret: Object.freeze([Object.freeze({ id: 'new', value: secret })]),
      events: Object.freeze(['ticket.created']),
    })
    const copy = structuredClone(options)
    const app = express()
    const receive = webhook(options)
    app.post('/one', receive, (req, res) => void res.send(req.webhook.secretId))
    app.post('/two', receive, (req, res) => void res.send(req.webhook.secretId))
    const { url } = await serve(app)
    const body = ticketBody()
    expect((await deliver(`${url}/one`, body)).body).toBe('new')
    expect((await deliver(`${url}/two`, body)).body).toContain('duplicate')
    expect(structuredClone(options)).toEqual(copy)
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
        const client = new RawClient(port).send(rawDelivery(body))
        expect(await client.answer()).toMatchObject({ status: 200, body: '{"status":"exhausted"}' })
        steps.push('answered')
        expect(client.received).toMatch(/^HTTP\/1.1 200 OK\r\n/)
        expect(client.received).not.toMatch(/poison/i)
        expect(steps).toEqual(['exhausted', 'answered'])
        expect((await deliver(hook, body)).status).toBe(200)
        expect(route).toHaveBeenCalledTimes(2)
      },
    )

    test('what the route writes after the end is refused, and told to its callback', async () => {
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

    test('a success stays the answer of the route', async () => {
      const { hook } = await serveWebhook(express, { exhaustAfter: 1 }, (_req, res) => {
        res.writeHead(201, { 'content-length': 4 })
        res.flushHeaders()
        res.write('do')
        res.end('ne')
      })
      expect(await deliver(hook)).toMatchObject({ status: 201, body: 'done' })
    })

    test('a failure that the store could not keep is no success to the sender', async () => {
      const store: DedupeStore = {
        ...spread(memoryStore()),
        release: () => Promise.reject(new Error('down')),
      }
      const failing: RequestHandler = (_req, res) => void res.status(422).send('poison')
      const { hook } = await serveWebhook(express, { exhaustAfter: 1, store }, failing)
      expect(await deliver(hook)).toMatchObject({ status: 500, body: '{"error":"handler failed"}' })
    })

    test('a failure whose head has gone out already cannot be unsaid', async () => {
      const { hook } = await serveWebhook(express, { exhaustAfter: 1 }, (_req, res) => {
        res.write('half a success')
        res.statusCode = 500
        res.end()
      })
      expect(await deliver(hook)).toMatchObject({ status: 200, body: 'half a success' })
    })
  },
)

/** The event's id, as the body has it. */
function eventOf(req: Request): string | undefined {
  return (req.webhook?.payload as { id?: string } | undefined)?.id
}

/** A store's operations, to replace one of them. */
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
