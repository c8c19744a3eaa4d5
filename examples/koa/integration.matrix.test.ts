import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { Readable } from 'node:stream'
import type { Delivery, ReceiverOptions } from '@countersign/core'
import { webhook } from '@countersign/core/node'
import { visibuild } from '@countersign/core/schemes'
import Koa, { type Context, type Middleware } from 'koa'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { deliveryOf, secrets } from '../contract/five-deliveries.js'
import { openRequest } from '../contract/open-request.js'

type Route = (ctx: Context, delivery: Delivery) => unknown

const withStatus =
  (status: number): Route =>
  (ctx) => {
    ctx.status = status
  }
const withBody =
  (body: unknown): Route =>
  (ctx) => {
    ctx.body = body
  }

/** The middleware of the example, with the route of a test. */
function receive(route: Route, options: Partial<ReceiverOptions> = {}): Middleware {
  const accept = webhook({
    scheme: visibuild(),
    secret: secrets.VISIBUILD_SECRET,
    ...options,
  } as ReceiverOptions)
  return async (ctx) => {
    const delivery = await accept(ctx.req, ctx.res)
    if (!delivery) {
      ctx.respond = false
      return
    }
    try {
      await route(ctx, delivery)
    } catch (error) {
      if (ctx.headerSent) ctx.req.socket.destroy()
      else if (!ctx.writable) ctx.res.writeHead(500).end()
      throw error
    }
  }
}

async function serve(...middleware: Middleware[]): Promise<{ url: string; errors: unknown[] }> {
  const app = new Koa()
  const errors: unknown[] = []
  app.on('error', (error) => errors.push(error))
  for (const each of middleware) app.use(each)
  const server: Server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return { url: `http://127.0.0.1:${port}/hook`, errors }
}

const ticket = () => deliveryOf('visibuild')

/** The sender's next attempt: the same body, signed a second later. */
function again({ headers, body }: ReturnType<typeof ticket>) {
  const time = String(Number(headers['x-visibuild-timestamp']) + 1)
  const mac = createHmac('sha256', secrets.VISIBUILD_SECRET).update(`${time}.${body}`).digest('hex')
  const signed = { 'x-visibuild-timestamp': time, 'x-visibuild-signature': `sha256=${mac}` }
  return { headers: { ...headers, ...signed }, body }
}

async function send(url: string, { headers, body }: { headers: object; body: string }) {
  const response = await fetch(url, { method: 'POST', headers: { ...headers }, body })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

describe("Koa's own answer settles the claim", () => {
  test.each<[string, Route, number]>([
    ['a status', withStatus(204), 204],
    ['text', withBody('done'), 200],
    ['JSON', withBody({ ok: true }), 200],
    ['bytes', withBody(Buffer.from('done')), 200],
    ['a stream', withBody(Readable.from(['do', 'ne'])), 200],
  ])('%s completes', async (_what, route, status) => {
    const ran = vi.fn(route)
    const { url } = await serve(receive(ran))
    const delivery = ticket()
    expect((await send(url, delivery)).status).toBe(status)
    expect(await send(url, delivery)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(ran).toHaveBeenCalledTimes(1)
  })

  test.each<[string, Route, number]>([
    ['nothing, which Koa answers 404', () => undefined, 404],
    ['another status', withStatus(503), 503],
    ['ctx.throw()', (ctx) => ctx.throw(422, 'no'), 422],
    ['a throw', () => Promise.reject(new Error('no')), 500],
    [
      'a throw after a status was set',
      (ctx) => {
        ctx.status = 200
        throw new Error('no')
      },
      500,
    ],
  ])('%s releases', async (_what, route, status) => {
    const ran = vi.fn<Route>(withStatus(204)).mockImplementationOnce(route)
    const { url } = await serve(receive(ran))
    const delivery = ticket()
    expect((await send(url, delivery)).status).toBe(status)
    expect((await send(url, again(delivery))).status).toBe(204)
    expect(ran.mock.calls.map(([, { attempt }]) => attempt)).toEqual([1, 2])
  })

  test.each<[string, Route]>([
    ['ctx.res.destroy()', (ctx) => void ctx.res.destroy()],
    ['ctx.req.socket.destroy()', (ctx) => void ctx.req.socket.destroy()],
    [
      'a body that breaks after the head',
      withBody(
        Readable.from(
          (async function* () {
            yield 'first'
            await new Promise(setImmediate)
            throw new Error('broken')
          })(),
        ),
      ),
    ],
    [
      'a throw after the head',
      (ctx) => {
        ctx.res.write('first')
        throw new Error('broken')
      },
    ],
  ])('%s releases, and the connection is cut', async (_what, route) => {
    const ran = vi.fn<Route>(withStatus(204)).mockImplementationOnce(route)
    const { url } = await serve(receive(ran))
    const delivery = ticket()
    await expect(send(url, delivery)).rejects.toThrow()
    expect((await send(url, again(delivery))).status).toBe(204)
    expect(ran.mock.calls.map(([, { attempt }]) => attempt)).toEqual([1, 2])
  })

  test('an error of a later middleware releases', async () => {
    const further = vi.fn().mockRejectedValueOnce(new Error('no'))
    const accept = webhook({ scheme: visibuild(), secret: secrets.VISIBUILD_SECRET })
    const { url, errors } = await serve(
      async (ctx, next) => {
        if (await accept(ctx.req, ctx.res)) return next()
        ctx.respond = false
      },
      async (ctx) => {
        await further()
        ctx.status = 204
      },
    )
    const delivery = ticket()
    expect((await send(url, delivery)).status).toBe(500)
    expect((await send(url, delivery)).status).toBe(204)
    expect(errors).toEqual([expect.objectContaining({ message: 'no' })])
  })
})

test('a refusal is the answer, even if an outer middleware sets a status', async () => {
  const route = vi.fn()
  const { url, errors } = await serve(async (ctx, next) => {
    await next()
    ctx.set('x-response-time', '1')
    ctx.status = 200
  }, receive(route))
  const delivery = ticket()
  const forged = { ...delivery, body: `${delivery.body} ` }
  expect(await send(url, forged)).toMatchObject({ status: 401, body: '{"error":"unauthorized"}' })
  expect(errors).toEqual([])
  expect(route).not.toHaveBeenCalled()
})

test.each<[string, Middleware]>([
  [
    'reads it and keeps text, as koa-bodyparser does',
    async (ctx, next) => {
      let text = ''
      for await (const chunk of ctx.req) text += chunk
      Object.assign(ctx.request, { rawBody: text, body: JSON.parse(text) })
      await next()
    },
  ],
  [
    'decodes it',
    async (ctx, next) => {
      ctx.req.setEncoding('utf8')
      await next()
    },
  ],
])('a body that a middleware has read is answered 500 at once: it %s', async (_how, reader) => {
  const route = vi.fn()
  const onWarning = vi.fn()
  const { url } = await serve(reader, receive(route, { onWarning, bodyTimeoutMs: 60_000 }))
  expect(await send(url, ticket())).toMatchObject({ status: 500, body: '{"error":"misconfigured"}' })
  expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('before any parser reads it'))
  expect(route).not.toHaveBeenCalled()
})

describe('a sender that disconnects while the route runs', () => {
  async function leave(route: Route) {
    const settled = vi.fn()
    const { url } = await serve(
      receive(
        async (ctx, delivery) => {
          if (ctx.get('x-leaves')) {
            socket.destroy()
            await once(ctx.res, 'close')
          }
          await route(ctx, delivery)
        },
        { onHandled: settled, onFailed: settled },
      ),
    )
    const delivery = ticket()
    const socket = openRequest(url, { ...delivery.headers, 'x-leaves': '1' }, delivery.body)
    socket.write(delivery.body)
    await vi.waitFor(() => expect(settled).toHaveBeenCalled(), 10_000)
    return send(url, again(delivery))
  }

  test('its late success completes', async () => {
    const route = vi.fn<Route>(withStatus(204))
    expect((await leave(route)).body).toBe('{"status":"duplicate"}')
    expect(route).toHaveBeenCalledTimes(1)
  })

  test('its late failure releases', async () => {
    const route = vi.fn<Route>(withStatus(204))
    route.mockImplementationOnce((ctx) => {
      ctx.status = 200
      throw new Error('no')
    })
    expect((await leave(route)).status).toBe(204)
    expect(route.mock.calls.map(([, { attempt }]) => attempt)).toEqual([1, 2])
  })
})
