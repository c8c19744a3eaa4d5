import { AsyncLocalStorage } from 'node:async_hooks'
import { visibuild } from '@countersign/core/schemes'
import { type Context, type Handler, Hono, type MiddlewareHandler } from 'hono'
import { every } from 'hono/combine'
import { etag } from 'hono/etag'
import { timeout } from 'hono/timeout'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { createAsyncContext } from '../src/async-context.js'
import { webhook } from '../src/index.js'
import { deliver, secret, sign } from './support/deliver.js'

const ok: Handler = (c) => c.body(null, 204)
const pass: MiddlewareHandler = (_c, next) => next()

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A route that continues only after the outer timeout has answered. */
async function timedOut(late: Handler, outer: MiddlewareHandler = pass, inner: MiddlewareHandler = pass) {
  const gate = createGate()
  const settled = createGate()
  const hooks = { onHandled: vi.fn(settled.open), onFailed: vi.fn(settled.open) }
  const slow: Handler = async (c, next) => {
    await gate.opened
    return late(c, next)
  }
  const route = vi.fn(ok).mockImplementationOnce(slow)
  const app = new Hono()
  app.use(outer, timeout(5))
  app.post('/hook', webhook({ scheme: visibuild(), secret, ...hooks }), inner, route)
  const request = sign()
  expect((await deliver(app, request)).status).toBe(504)
  gate.open()
  await settled.opened
  return { app, request, route, hooks }
}

describe.each([
  ['', pass, pass],
  ['within another that changes the answer', etag(), pass],
  ['around another that changes the answer', pass, etag()],
])('an outer timeout, %s', (_, outer, inner) => {
  test.each<[string, Handler]>([
    ['answers', ok],
    ['returns a new response', () => new Response('done')],
    [
      'sets the answer',
      async (c: Context) => {
        c.res = new Response(null, { status: 202 })
      },
    ],
  ] as [string, Handler][])('a route that %s after the timeout completes the claim', async (_, late) => {
    const { app, request, route, hooks } = await timedOut(late, outer, inner)
    expect(hooks.onHandled).toHaveBeenCalledTimes(1)
    expect(await deliver(app, request)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(route).toHaveBeenCalledTimes(1)
  })

  test.each<[string, Handler]>([
    ['answers 5xx', (c) => c.text('no', 500)],
    ['returns a new response with 5xx', () => new Response(null, { status: 503 })],
    ['throws', () => Promise.reject(new Error('broken'))],
    ['throws a value that is not an Error', () => Promise.reject('broken')],
    ['gives no answer', (() => Promise.resolve()) as unknown as Handler],
  ])('a route that %s after the timeout releases it', async (_, late) => {
    const { app, request, route, hooks } = await timedOut(late, outer, inner)
    expect(hooks.onFailed).toHaveBeenCalledTimes(1)
    expect((await deliver(app, request)).status).toBe(204)
    expect(route).toHaveBeenCalledTimes(2)
  })
})

test('a timeout that is combined with the webhook into one handler counts as around it', async () => {
  const gate = createGate()
  const settled = createGate()
  const app = new Hono()
  const receive = webhook({ scheme: visibuild(), secret, onHandled: settled.open })
  app.post('/hook', every(timeout(5), receive), async (c) => {
    await gate.opened
    return c.body(null, 204)
  })
  const request = sign()
  expect((await deliver(app, request)).status).toBe(504)
  gate.open()
  await settled.opened
  expect(await deliver(app, request)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
})

test.each([false, true])(
  'behind other middleware: %s; only then an async context is used',
  async (isBehind) => {
    const run = vi.spyOn(AsyncLocalStorage.prototype, 'run')
    const app = new Hono()
    if (isBehind) app.use(pass)
    app.post('/hook', webhook({ scheme: visibuild(), secret }), ok)
    expect((await deliver(app, sign())).status).toBe(204)
    expect(run.mock.calls.length > 0).toBe(isBehind)
  },
)

test('the package loads on a runtime without AsyncLocalStorage', async () => {
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
  expect(createAsyncContext()).toBeUndefined()
  vi.unstubAllGlobals()
  expect(createAsyncContext()).toBeDefined()
})
