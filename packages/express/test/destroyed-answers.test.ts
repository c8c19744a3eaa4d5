import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import type { RequestHandler, Response } from 'express'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { RawClient } from '../../../test/support/raw-client.js'
import { serve } from '../../../test/support/serve.js'
import { webhook } from '../src/index.js'
import { type Express, frameworks } from './support/frameworks.js'
import { deliver, rawDelivery, secret, signedHeaders, ticketBody } from './support/sender.js'

/** A stream that breaks after its first bytes. */
function breakingStream(): Readable {
  return Readable.from(
    (async function* () {
      yield 'first'
      await new Promise(setImmediate)
      throw new Error('broken source')
    })(),
  )
}

/** Ways in which a route, or the framework for it, destroys an answer before its end. */
const destructions: Record<string, RequestHandler> = {
  'res.destroy()': (_req, res) => void res.destroy(),
  'res.destroy(error)': (_req, res) => void res.destroy(new Error('broken')),
  'res.destroy() after the head': (_req, res) => {
    res.write('first')
    res.destroy()
  },
  'res.destroy() after the head of known length': (_req, res) => {
    res.setHeader('content-length', 10)
    res.write('first')
    res.destroy()
  },
  'req.socket.destroy()': (req) => void req.socket.destroy(),
  'res.socket.destroy()': (_req, res) => void res.socket?.destroy(),
  'res.connection.destroySoon()': (_req, res) => void res.connection?.destroySoon(),
  'req.socket.resetAndDestroy()': (req) => void req.socket.resetAndDestroy(),
  'a pipeline whose source breaks': (_req, res) => {
    pipeline(breakingStream(), res).catch(() => undefined)
  },
  'a pipeline whose source breaks at once': (_req, res) => {
    const source = new Readable({
      read() {
        this.destroy(new Error('broken source'))
      },
    })
    pipeline(source, res).catch(() => undefined)
  },
  'a pipeline whose source is aborted': (_req, res) => {
    const source = new Readable({
      read() {
        this.destroy()
      },
    })
    pipeline(source, res).catch(() => undefined)
  },
  'a pipeline whose source fails with the reset of another connection': (_req, res) => {
    const error = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    const source = new Readable({
      read() {
        this.destroy(error)
      },
    })
    pipeline(source, res).catch(() => undefined)
  },
  'a throw after 2xx was begun': (_req, res) => {
    res.write('first')
    throw new Error('broken')
  },
  'next(error) after 2xx was begun': (_req, res, next) => {
    res.write('first')
    setImmediate(() => next(new Error('broken')))
  },
}

describe.each(frameworks)('on $framework', ({ express }) => {
  /** Serves one webhook and records what happens to its claims. */
  async function serveWebhook(route: RequestHandler, options = {}) {
    const store = memoryStore()
    const release = vi.spyOn(store, 'release')
    const [onFailed, onHandled, onExhausted] = [vi.fn(), vi.fn(), vi.fn()]
    const hooks = { onFailed, onHandled, onExhausted }
    const app = appOf(express)
    const routed = vi.fn(route)
    app.post('/hook', webhook({ scheme: visibuild(), secret, store, ...hooks, ...options }), routed)
    const served = await serve(app)
    return { ...served, routed, release, ...hooks, hook: `${served.url}/hook` }
  }

  test.each(Object.entries(destructions))('%s is a failure, and the retry runs', async (_what, route) => {
    let runs = 0
    const { port, hook, onFailed, onHandled } = await serveWebhook((req, res, next) => {
      runs += 1
      if (runs === 1) return route(req, res, next)
      res.sendStatus(204)
    })
    const body = ticketBody()
    const headers = signedHeaders({ body })
    const client = new RawClient(port).send(rawDelivery(body, '', headers))
    await client.closed()
    expect(client.received).not.toMatch(/0\r\n\r\n$/)
    // No time has passed: the claim was released before the connection was cut.
    expect(onFailed).toHaveBeenCalledTimes(1)
    expect(onFailed.mock.calls[0]?.[0].error.message).toBe('The route destroyed its answer.')
    expect((await deliver(hook, body, headers)).status).toBe(204)
    expect([runs, onHandled.mock.calls.length]).toEqual([2, 1])
  })

  test('the connection is cut only after the claim is released', async () => {
    const gate = createGate()
    const { port, url, release } = await serveWebhook((_req, res) => void res.destroy())
    const releasing = createGate()
    release.mockImplementation(async () => {
      releasing.open()
      await gate.opened
      return 'released' as const
    })
    const client = new RawClient(port).send(rawDelivery(ticketBody()))
    const closed = vi.fn()
    client.closed().then(closed)
    await releasing.opened
    for (let i = 0; i < 3; i++) await (await fetch(`${url}/other`)).text()
    expect(closed).not.toHaveBeenCalled()
    gate.open()
    await client.closed()
  })

  test('destroying an answer that has ended changes nothing: it is sent, and then the connection is cut', async () => {
    for (const destroy of [
      (res: Response) => void res.destroy(),
      (res: Response) => void res.req.socket.destroy(),
      (res: Response) => void res.socket?.destroy(),
    ]) {
      const { port, onHandled, onFailed } = await serveWebhook((_req, res) => {
        res.json({ ok: true })
        destroy(res)
      })
      const client = new RawClient(port).send(rawDelivery(ticketBody()))
      expect((await client.answer()).body).toBe('{"ok":true}')
      await client.closed()
      expect([onHandled.mock.calls.length, onFailed.mock.calls.length]).toEqual([1, 0])
    }
  })

  test.each([
    ['before its head is kept for the operator, and answered 2xx', false],
    ['after its head is kept for the operator, and cut', true],
  ])('on the last attempt an answer destroyed %s', async (_what, isBegun) => {
    const { port, onExhausted } = await serveWebhook(
      (_req, res) => {
        if (isBegun) res.write('first')
        res.destroy()
      },
      { exhaustAfter: 1 },
    )
    const client = new RawClient(port).send(rawDelivery(ticketBody()))
    if (isBegun) await client.closed()
    else expect((await client.answer()).body).toBe('{"status":"exhausted"}')
    expect(onExhausted).toHaveBeenCalledTimes(1)
  })

  describe('after the sender has disconnected', () => {
    /** Delivers, disconnects while the route runs, and lets the route continue. */
    async function abandon(route: (res: Response) => unknown) {
      const [running, gone, routed] = [createGate(), createGate(), createGate()]
      const served = await serveWebhook(async (_req, res, next) => {
        res.once('close', gone.open)
        res.write('first')
        running.open()
        await gone.opened
        await new Promise(setImmediate)
        try {
          await route(res)
        } catch (error) {
          next(error)
        }
        routed.open()
      })
      const client = new RawClient(served.port).send(rawDelivery(ticketBody()))
      await running.opened
      client.destroy()
      await routed.opened
      return served
    }

    test('a destroyed answer does not settle the claim: the late end() does', async () => {
      const late = createGate()
      const { onHandled, onFailed } = await abandon((res) => {
        res.destroy()
        setImmediate(() => {
          res.end()
          late.open()
        })
      })
      await late.opened
      await vi.waitFor(() => expect(onHandled).toHaveBeenCalledTimes(1))
      expect(onFailed).not.toHaveBeenCalled()
    })

    test('a throw is a failure', async () => {
      const { onFailed } = await abandon(() => Promise.reject(new Error('broken')))
      await vi.waitFor(() => expect(onFailed).toHaveBeenCalledTimes(1))
    })
  })

  test('a server that closes its connections does not settle the claim: the late end() does', async () => {
    const [closed, running] = [createGate(), createGate()]
    const { server, port, onHandled, onFailed } = await serveWebhook(async (_req, res) => {
      res.once('close', closed.open)
      res.write('first')
      running.open()
      await closed.opened
      res.end()
    })
    new RawClient(port).send(rawDelivery(ticketBody()))
    await running.opened
    server.closeAllConnections()
    await vi.waitFor(() => expect(onHandled).toHaveBeenCalledTimes(1))
    expect(onFailed).not.toHaveBeenCalled()
  })

  test('the socket is unchanged for the route and after the answer was sent', async () => {
    const seen: unknown[] = []
    const finished = createGate()
    const sockets = new Map<unknown, number>()
    const app = appOf(express)
    app.use((req, res, next) => {
      sockets.set(req.socket, 1)
      // As packages for graceful shutdown count the requests of a connection.
      res.once('finish', () => {
        seen.push(sockets.get(req.socket), req.socket === res.socket || res.socket === null)
        finished.open()
      })
      next()
    })
    app.post('/hook', webhook({ scheme: visibuild(), secret }), (req, res) => {
      seen.push(req.socket.remoteAddress, req.socket.destroyed, req.ip)
      req.socket.setTimeout(1000)
      res.sendStatus(204)
    })
    const { url } = await serve(app)
    expect((await deliver(`${url}/hook`)).status).toBe(204)
    await finished.opened
    expect(seen).toEqual(['127.0.0.1', false, '127.0.0.1', 1, true])
  })
})

function appOf(express: Express) {
  const app = express()
  app.set('env', 'test')
  app.get('/other', (_req, res) => void res.send('other'))
  return app
}
