import { type WebhookEnv, webhook } from '@countersign/hono'
import { type Handler, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { every, some } from 'hono/combine'
import { compress } from 'hono/compress'
import { contextStorage } from 'hono/context-storage'
import { cors } from 'hono/cors'
import { csrf } from 'hono/csrf'
import { etag } from 'hono/etag'
import { logger } from 'hono/logger'
import { methodOverride } from 'hono/method-override'
import { poweredBy } from 'hono/powered-by'
import { prettyJSON } from 'hono/pretty-json'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { endTime, startTime, timing } from 'hono/timing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forger, scheme, secret, sender } from './support/senders.js'

const measured: MiddlewareHandler = async (c, next) => {
  startTime(c, 'route')
  await next()
  endTime(c, 'route')
}

/** Hono's own middleware, as an application uses it. */
const middleware: Record<string, MiddlewareHandler> = {
  timeout: timeout(20_000),
  bodyLimit: bodyLimit({ maxSize: 1_000_000 }),
  compress: compress({ threshold: 0 }),
  contextStorage: contextStorage(),
  cors: cors(),
  csrf: csrf(),
  etag: etag(),
  logger: logger(() => undefined),
  poweredBy: poweredBy(),
  prettyJSON: prettyJSON(),
  requestId: requestId(),
  secureHeaders: secureHeaders(),
  timing: every(timing(), measured),
  'some and every': some(every(timeout(20_000), requestId()), etag()),
  'all of them': every(
    logger(() => undefined),
    secureHeaders(),
    cors(),
    compress({ threshold: 0 }),
    etag(),
    timing(),
    timeout(20_000),
  ),
}

const answer = { ok: true, text: 'x'.repeat(2000) }
const respond: Handler<WebhookEnv> = async (c) => {
  const { type } = await c.req.json()
  return c.json({ ...answer, type })
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

function start(place: string, one: MiddlewareHandler) {
  const route = vi.fn(respond)
  const app = new Hono()
  if (place === 'outside') app.use(one)
  const receive = webhook({ scheme, secret, onWarning: vi.fn() })
  if (place === 'inside') app.post('/hook', receive, one, route as Handler)
  else app.post('/hook', receive, route as Handler)
  const deliver = async (delivery = sender.sign()) => {
    const headers = [...delivery.headers, ['accept-encoding', 'gzip']] as [string, string][]
    const response = await app.request('http://test/hook', {
      method: 'POST',
      headers,
      body: delivery.body as Buffer,
    })
    const isGzip = response.headers.get('content-encoding') === 'gzip'
    const body = isGzip ? response.body?.pipeThrough(new DecompressionStream('gzip')) : response.body
    return { status: response.status, text: await new Response(body ?? null).text() }
  }
  return { deliver, route }
}

describe.each(['outside', 'inside'])('mounted %s webhook()', (place) => {
  test.each(Object.entries(middleware))('%s: a delivery is handled once, and answered', async (_, one) => {
    const { deliver, route } = start(place, one)
    const delivery = sender.sign()
    expect((await deliver(forger.sign())).status).toBe(401)
    const answered = await deliver(delivery)
    expect(answered.status).toBe(200)
    expect(JSON.parse(answered.text)).toEqual({ ...answer, type: 'ticket.status_changed' })
    expect(JSON.parse((await deliver(delivery)).text)).toEqual({ status: 'duplicate' })
    expect(route).toHaveBeenCalledTimes(1)
  })

  test.each(Object.entries(middleware))('%s: a failed delivery can be retried', async (_, one) => {
    const { deliver, route } = start(place, one)
    const delivery = sender.sign()
    route.mockRejectedValueOnce(new Error('broken'))
    expect((await deliver(delivery)).status).toBe(500)
    route.mockImplementationOnce((c) => c.json({ ok: false }, 503))
    expect((await deliver(delivery)).status).toBe(503)
    expect((await deliver(delivery)).status).toBe(200)
    expect(route).toHaveBeenCalledTimes(3)
  })
})

test('methodOverride, which passes on a new request', async () => {
  const route = vi.fn(respond)
  const app = new Hono()
  app.use('/hook', methodOverride({ app, header: 'x-method' }))
  app.post('/hook', webhook({ scheme, secret }), route as Handler)
  const delivery = sender.sign()
  const deliver = () =>
    app.request('http://test/hook', {
      method: 'POST',
      headers: [...delivery.headers] as [string, string][],
      body: delivery.body as Buffer,
    })
  expect((await deliver()).status).toBe(200)
  expect(await (await deliver()).json()).toEqual({ status: 'duplicate' })
  expect(route).toHaveBeenCalledTimes(1)
})
