import { createHmac } from 'node:crypto'
import { hmacScheme, visibuild } from '@countersign/core/schemes'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { RawClient } from '../../../test/support/raw-client.js'
import { serve } from '../../../test/support/serve.js'
import { webhook, webhookHandler } from '../src/index.js'
import { type Express, frameworks } from './support/frameworks.js'
import { deliver, rawDelivery, secret, signedHeaders, ticketBody } from './support/sender.js'

const ok: RequestHandler = (_req, res) => void res.sendStatus(204)

/** The body timeout is longer than a test's time-out, so a request that hangs fails the test. */
const bodyTimeoutMs = 60_000

async function serveAfter(express: Express, parser: RequestHandler, maxBodyBytes = 1000) {
  const route = vi.fn(ok)
  const handler = vi.fn()
  const onError = vi.fn()
  const showError: ErrorRequestHandler = (error, _req, _res, next) => {
    onError(error)
    next(error)
  }
  const options = { scheme: visibuild(), secret, bodyTimeoutMs, maxBodyBytes, onWarning: vi.fn() }
  const app = express()
  app.set('env', 'test')
  app.use(parser)
  app.post('/hook', webhook(options), route)
  app.post('/handler', webhookHandler(options, handler))
  app.use(showError)
  const served = await serve(app)
  return { ...served, hook: `${served.url}/hook`, route, handler, onError, options }
}

describe.each(frameworks)('a body that was read before the webhook, on $framework', ({ express }) => {
  const readers: Record<string, RequestHandler> = {
    'express.json()': express.json(),
    'express.urlencoded()': express.urlencoded({ extended: true, type: () => true }),
    'express.text()': express.text({ type: () => true }),
    'a middleware that drains it': async (req, _res, next) => {
      for await (const _chunk of req);
      next()
    },
    'a middleware that takes its first piece': (req, _res, next) => {
      req.once('data', () => {
        req.pause()
        next()
      })
    },
    'a middleware that decodes it': (req, _res, next) => {
      req.setEncoding('utf8')
      next()
    },
    'a host that keeps it as text': (req, _res, next) => {
      let text = ''
      req.on('data', (chunk) => {
        text += chunk
      })
      req.on('end', () => {
        Object.assign(req, { rawBody: text })
        next()
      })
    },
  }

  test.each(Object.entries(readers))('%s: is refused at once, with the fix', async (_name, reader) => {
    const { url, route, handler, onError, options } = await serveAfter(express, reader)
    const body = ticketBody()
    const forged = {
      ...signedHeaders({ body }),
      ...signedHeaders({ body, key: 'another secret of 32 characters.' }),
    }
    for (const path of ['/hook', '/handler']) {
      for (const headers of [signedHeaders({ body }), forged]) {
        expect((await deliver(url + path, body, headers)).status).toBe(500)
      }
    }
    expect(route).not.toHaveBeenCalled()
    expect(handler).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledTimes(4)
    const error: Error & { code?: string } = onError.mock.calls[0]?.[0]
    expect(error.code).toBe('ERR_WEBHOOK_BODY_ALREADY_PARSED')
    expect(error.message).toMatch(/before app\.use\(express\.json\(\)\)/)
    expect(error.message).toMatch(/express\.raw\({ type: '\*\/\*' }\)/)
    expect(error.message).toMatch(/verify/)
    expect(error.message).toMatch(/NestFactory\.create\(AppModule, { rawBody: true }\)/)
    expect(options.onWarning).toHaveBeenCalledWith(expect.stringContaining(error.message))
  })

  test.each([
    ['development', true],
    ['production', false],
  ])('in %s the fix is in the log; is it in the answer, too: %s', async (env, shows) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => log.mockRestore())
    const app = express()
    app.set('env', env)
    app.use(express.json())
    app.post('/hook', webhook({ scheme: visibuild(), secret, onWarning: vi.fn() }), ok)
    const { body } = await deliver(`${(await serve(app)).url}/hook`)
    expect(body.includes('Mount the webhook route before')).toBe(shows)
    await vi.waitFor(() => expect(String(log.mock.calls)).toContain('Mount the webhook route before'))
  })

  test('the connection is closed when Express would wait forever for the rest of the body', async () => {
    const { port, onError } = await serveAfter(express, (req, _res, next) => {
      req.once('data', () => {
        req.pause()
        next()
      })
    })
    await new RawClient(port).send(rawDelivery(ticketBody()).slice(0, -10)).closed()
    expect(onError).toHaveBeenCalledTimes(1)
  })

  test('an error handler of the application can answer although the rest of the body never comes', async () => {
    const app = express()
    app.use((req, _res, next) => {
      req.once('data', () => {
        req.pause()
        next()
      })
    })
    app.post('/hook', webhook({ scheme: visibuild(), secret, bodyTimeoutMs, onWarning: vi.fn() }), ok)
    app.use(((error, _req, res, _next) => void res.status(500).send(error.code)) as ErrorRequestHandler)
    const { port } = await serve(app)
    const whole = rawDelivery(ticketBody())
    const answer = await new RawClient(port).send(whole.slice(0, -10)).answer()
    expect([answer.status, answer.body]).toEqual([500, 'ERR_WEBHOOK_BODY_ALREADY_PARSED'])
  })
})

describe.each(frameworks)('a body whose bytes are available, on $framework', ({ express }) => {
  const keepers: Record<string, RequestHandler> = {
    'express.raw()': express.raw({ type: '*/*' }),
    'express.json() with a verify that keeps the bytes': express.json({
      verify: (req, _res, bytes) => void Object.assign(req, { rawBody: bytes }),
    }),
    'a host that parses and keeps the bytes (Firebase, Cloud Functions)': (req, _res, next) => {
      const chunks: Uint8Array[] = []
      req.on('data', (chunk) => chunks.push(chunk))
      req.on('end', () => {
        const rawBody = Buffer.concat(chunks)
        Object.assign(req, { rawBody, body: JSON.parse(rawBody.toString()) })
        next()
      })
    },
    'a parser for other types, which does not read the stream': express.json({ type: 'text/x-other' }),
    'a middleware that pauses the stream': (req, _res, next) => {
      req.pause()
      setImmediate(next)
    },
    'a middleware that also listens to the stream': (req, _res, next) => {
      req.pause()
      req.on('data', () => undefined)
      next()
    },
  }

  test.each(Object.entries(keepers))('%s', async (_name, keeper) => {
    const { hook, url, route } = await serveAfter(express, keeper)
    const body = ticketBody({ text: 'grüße 👋' })
    expect((await deliver(hook, body)).status).toBe(204)
    expect(Buffer.from(route.mock.calls[0]?.[0].webhook?.rawBody ?? []).toString()).toBe(body)
    expect((await deliver(`${url}/handler`)).status).toBe(200)
    expect((await deliver(hook, `${body} `, signedHeaders({ body }))).status).toBe(401)
  })

  test('kept bytes are the bytes that are verified', async () => {
    const scheme = hmacScheme({ name: 'bytes', header: 'x-signature', payload: 'bytes' })
    const route = vi.fn(ok)
    const app = express()
    app.post('/hook', express.raw({ type: '*/*' }), webhook({ scheme, secret }), route)
    const { url } = await serve(app)
    for (const body of [Uint8Array.from({ length: 256 }, (_, byte) => byte), '\ufeff{"a": 1.0}\r\n']) {
      const headers = { 'x-signature': createHmac('sha256', secret).update(body).digest('hex') }
      expect((await deliver(`${url}/hook`, body, headers)).status).toBe(204)
      const { rawBody, payload } = route.mock.lastCall?.[0].webhook ?? {}
      expect(Buffer.from(rawBody ?? []).equals(Buffer.from(body))).toBe(true)
      expect(payload).toBe(rawBody)
    }
  })

  test('the limit applies to kept bytes, too', async () => {
    const { hook, route } = await serveAfter(express, express.raw({ type: '*/*' }), 100)
    expect((await deliver(hook, ticketBody({ text: 'x'.repeat(100) }))).status).toBe(413)
    expect(route).not.toHaveBeenCalled()
  })

  test('an empty body is read as empty', async () => {
    const { hook, onError } = await serveAfter(express, express.raw({ type: '*/*' }))
    expect((await deliver(hook, '')).status).toBe(400)
    expect(onError).not.toHaveBeenCalled()
  })
})
