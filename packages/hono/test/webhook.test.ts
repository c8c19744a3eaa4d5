import { memoryStore, type ReceiverOptions } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { type Handler, Hono } from 'hono'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { streamText } from 'hono/streaming'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { type WebhookEnv, webhook } from '../src/index.js'
import { deliver, secret, sign, signAgain } from './support/deliver.js'

type Options = Partial<ReceiverOptions<VisibuildEvent>>

const settings = { scheme: visibuild(), secret }
const ok: Handler = (c) => c.body(null, 204)

function createApp(options: Options, ...route: Handler[]): Hono {
  const app = new Hono()
  app.post('/hook', webhook({ ...settings, ...options }), ...(route as [Handler]))
  return app
}

/** Silences what Hono prints about errors of routes. */
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('webhook()', () => {
  test("passes on a verified delivery as c.get('webhook') and c.var.webhook", async () => {
    const route = vi.fn<Handler<WebhookEnv>>((c) => {
      expect(c.var.webhook).toBe(c.get('webhook'))
      return c.body(null, 204)
    })
    const request = sign({ id: 'd-1' })
    expect((await deliver(createApp({ endpoint: 'handed-on' }, route), request)).status).toBe(204)
    const delivery = route.mock.calls[0]?.[0].get('webhook')
    expect(delivery).toMatchObject({ scheme: 'visibuild', endpoint: 'handed-on', id: 'd-1', attempt: 1 })
    expect(Buffer.from(delivery?.rawBody ?? []).equals(request.body)).toBe(true)
  })

  test.each<[string, number, Handler]>([
    ['answers 400', 400, (c) => c.json({ error: 'no' }, 400)],
    ['answers 404', 404, (c) => c.notFound()],
    ['answers 503', 503, (c) => c.text('busy', 503)],
    ['redirects', 302, (c) => c.redirect('/elsewhere')],
    ['does not answer', 500, (() => undefined) as unknown as Handler],
    ['calls next() without a next route', 404, (_c, next) => next()],
    ['throws', 500, () => Promise.reject(new Error('broken'))],
    ['throws an HTTPException', 422, () => Promise.reject(new HTTPException(422, { message: 'no' }))],
    ['throws an HTTPException with 2xx', 500, () => Promise.reject(new HTTPException(202 as never))],
  ])('a route that %s releases: the retry runs', async (_what, status, failing) => {
    const route = vi.fn(ok).mockImplementationOnce(failing)
    const app = createApp({}, route)
    const request = sign()
    expect((await deliver(app, request)).status).toBe(status)
    expect((await deliver(app, signAgain(request))).status).toBe(204)
    expect((await deliver(app, request)).body).toContain('duplicate')
    expect(route.mock.calls.map(([c]) => c.get('webhook').attempt)).toEqual([1, 2])
  })

  test('without a route after it, nothing completes', async () => {
    const app = new Hono()
    const onFailed = vi.fn()
    app.use('/hook', webhook({ ...settings, onFailed }))
    expect((await deliver(app)).status).toBe(404)
    expect(onFailed).toHaveBeenCalledTimes(1)
  })

  test('a thrown value that is not an Error passes through, and releases', async () => {
    const route = vi.fn(ok).mockImplementationOnce(() => Promise.reject('broken'))
    const app = createApp({}, route)
    const request = sign()
    await expect(deliver(app, request)).rejects.toBe('broken')
    expect((await deliver(app, request)).status).toBe(204)
  })

  test('onFailed gets the status that the sender got, or the thrown error', async () => {
    const onFailed = vi.fn()
    const route = vi.fn<Handler>((c) => c.text('no', 418)).mockRejectedValueOnce(new Error('broken'))
    const app = createApp({ onFailed }, route)
    await deliver(app)
    await deliver(app)
    const [first, second] = onFailed.mock.calls.map(([{ error }]) => error)
    expect(first.code).toBe('ERR_WEBHOOK_HANDLER_FAILED')
    expect(String(first.cause)).toContain('broken')
    expect(second.message).toContain('418')
  })

  test("the application's onError answers errors of a route, and its notFound unknown paths", async () => {
    const route = vi.fn<Handler>((c) => c.notFound()).mockRejectedValueOnce(new Error('broken'))
    const app = createApp({}, route)
    app.onError((error, c) => c.text(`so it is: ${error.message}`, 503))
    app.notFound((c) => c.text('not here', 410))
    const request = sign()
    expect(await deliver(app, request)).toMatchObject({ status: 503, body: 'so it is: broken' })
    expect(await deliver(app, request)).toMatchObject({ status: 410, body: 'not here' })
    expect(route).toHaveBeenCalledTimes(2)
  })

  test('the onError of a sub-application is used, too', async () => {
    const part = createApp({}, vi.fn(ok).mockRejectedValueOnce(new Error('broken')))
    part.onError((_error, c) => c.text('part', 502))
    const app = new Hono().route('/part', part)
    const request = { ...sign(), url: 'http://test/part/hook' }
    expect(await deliver(app, request)).toMatchObject({ status: 502, body: 'part' })
    expect((await deliver(app, request)).status).toBe(204)
  })

  test('an onError that answers 2xx does not lose the event: the sender gets an error status', async () => {
    const route = vi.fn(ok).mockRejectedValueOnce(new Error('broken'))
    const app = createApp({}, route)
    app.onError((_error, c) => c.json({ fine: true }, 200, { 'x-fine': '1' }))
    const request = sign()
    const failed = await deliver(app, request)
    expect(failed).toMatchObject({ status: 500, body: '{"error":"handler failed"}' })
    expect(failed.headers.has('x-fine')).toBe(false)
    expect((await deliver(app, request)).status).toBe(204)
  })

  test('a notFound that answers 2xx completes like any other answer', async () => {
    const app = createApp({}, (c) => c.notFound())
    app.notFound((c) => c.text('whatever'))
    const request = sign()
    expect(await deliver(app, request)).toMatchObject({ status: 200, body: 'whatever' })
    expect((await deliver(app, request)).body).toContain('duplicate')
  })

  test('an onError that throws releases', async () => {
    const route = vi.fn(ok).mockRejectedValueOnce(new Error('broken'))
    const app = createApp({}, route)
    app.onError((error) => {
      if (error.message === 'broken') throw new Error('onError broken')
      return new Response(error.message, { status: 500 })
    })
    const request = sign()
    expect(await deliver(app, request)).toMatchObject({ status: 500, body: 'onError broken' })
    expect((await deliver(app, request)).status).toBe(204)
  })

  test('the claim is settled before the answer leaves the middleware', async () => {
    const store = memoryStore()
    const completing = createGate()
    const gate = createGate()
    const complete = store.complete.bind(store)
    store.complete = async (request) => {
      completing.open()
      await gate.opened
      return complete(request)
    }
    const app = new Hono()
    const left = vi.fn()
    app.use(async (_c, next) => {
      await next()
      left()
    })
    app.post('/hook', webhook({ ...settings, store }), ok)
    const request = sign()
    const answering = deliver(app, request)
    await completing.opened
    expect(await deliver(app, request)).toMatchObject({ status: 503, body: '{"status":"in-progress"}' })
    expect(left).toHaveBeenCalledTimes(1)
    gate.open()
    expect((await answering).status).toBe(204)
    expect(left).toHaveBeenCalledTimes(2)
  })

  test('a streamed answer settles with its status, and continues', async () => {
    const gate = createGate()
    const app = createApp({}, (c) =>
      streamText(c, async (stream) => {
        await stream.write('first, ')
        await gate.opened
        await stream.write('then')
      }),
    )
    const request = sign()
    const streaming = deliver(app, request)
    await vi.waitFor(async () => expect((await deliver(app, request)).body).toContain('duplicate'))
    gate.open()
    expect(await streaming).toMatchObject({ status: 200, body: 'first, then' })
  })

  test('a request that other middleware has answered does not reach the route, and can be retried', async () => {
    const asked = createGate()
    const gate = createGate()
    const failed = createGate()
    const route = vi.fn(ok)
    let timesOut = true
    const app = new Hono()
    app.use(async (c, next) => {
      const running = next()
      if (!timesOut) return running
      await asked.opened
      return c.text('timeout', 503)
    })
    const resolveSecret = async () => {
      asked.open()
      if (timesOut) await gate.opened
      return secret
    }
    app.post('/hook', webhook({ ...settings, secret: resolveSecret, onFailed: failed.open }), route)
    const request = sign()
    expect(await deliver(app, request)).toMatchObject({ status: 503, body: 'timeout' })
    gate.open()
    await failed.opened
    expect(route).not.toHaveBeenCalled()
    timesOut = false
    expect((await deliver(app, request)).status).toBe(204)
  })

  test('headers of other middleware are kept on a refusal', async () => {
    const app = new Hono()
    app.use(cors())
    app.post('/hook', webhook(settings), ok)
    const refused = await deliver(app, sign({ omitProof: true }))
    expect(refused).toMatchObject({ status: 401, body: '{"error":"unauthorized"}' })
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect(refused.headers.get('content-type')).toBe('application/json')
  })

  test('the scheme sees the whole URL below a base path', async () => {
    const seen: string[] = []
    const resolveSecret = ({ url }: { url: string }) => {
      seen.push(url)
      return secret
    }
    const app = new Hono().basePath('/tenants/:tenant')
    app.post('/hook', webhook({ ...settings, secret: resolveSecret }), ok)
    expect((await deliver(app as never, sign({ url: 'http://test/tenants/a/hook?b=c' }))).status).toBe(204)
    expect(seen).toEqual(['http://test/tenants/a/hook?b=c'])
  })

  test('one middleware may serve several routes', async () => {
    const receive = webhook(settings)
    const app = new Hono()
    app.post('/one', receive, ok)
    app.post('/two', receive, ok)
    const request = sign()
    expect((await deliver(app, { ...request, url: 'http://test/one' })).status).toBe(204)
    expect((await deliver(app, { ...request, url: 'http://test/two' })).body).toContain('duplicate')
  })

  test('a wrong option throws when the route is created', () => {
    const make = (options: object) => () => webhook({ ...settings, ...options })
    expect(make({ secret: undefined })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
    expect(make({ leaseMs: 0 })).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_OPTION_INVALID' }))
  })
})
