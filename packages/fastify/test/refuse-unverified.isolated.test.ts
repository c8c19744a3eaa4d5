import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { describe, expect, test, vi } from 'vitest'
import { webhook, webhooks } from '../src/index.js'
import { deliver, hook, sign } from './support/deliver.js'
import { createApp } from './support/serve.js'

const forged = () => sign({ secret: 'another-secret-of-the-sender-here' })

/** Places for a route with `config.webhook` where no plugin verifies it. */
const unverified: Record<string, (app: FastifyInstance, route: (on: FastifyInstance) => void) => unknown> = {
  'without the plugin': (app, route) => route(app),
  'where the plugin is in a sibling context': (app, route) => {
    app.register(async (child) => void (await child.register(webhooks)))
    app.register(async (child) => route(child))
  },
  'where the plugin is in a context below it': async (app, route) => {
    route(app)
    await app.register(async (child) => void (await child.register(webhooks)))
  },
  'where the plugin is registered in the context of another plugin': async (app, route) => {
    await app.register(async (child) => void (await child.register(webhooks)))
    route(app)
  },
  'below a prefix': (app, route) => app.register(async (child) => route(child), { prefix: '/' }),
  'in a plugin that brings its routes': (app, route) =>
    app.register(fastifyPlugin(async (instance) => route(instance))),
}

describe('a route with config.webhook', () => {
  test.each(Object.entries(unverified))('runs nothing %s', async (_where, declare) => {
    const { app, log } = createApp()
    const handler = vi.fn(async () => ({ ok: true }))
    await declare(app, (on) => void on.post('/hook', { config: hook() }, handler))
    await app.listen({ port: 0, host: '127.0.0.1' })
    for (const delivery of [forged(), sign(), { ...sign(), headers: [] }]) {
      expect((await deliver(app, delivery)).status).toBe(500)
    }
    expect(handler).not.toHaveBeenCalled()
    const errors = log.flatMap(({ level, err }) => (level === 50 && err ? [err] : []))
    expect(errors).toHaveLength(3)
    for (const { code, message } of errors) {
      expect(code).toBe('ERR_WEBHOOK_OPTION_INVALID')
      expect(message).toMatch(/Spread webhook\(options\).*or register the plugin webhooks/)
    }
  })

  test.each<[string, RouteShorthandOptions]>([
    ['own hooks', { preParsing: async () => undefined, preValidation: async () => undefined }],
    ['a list of hooks', { preParsing: [async () => undefined] }],
    ['undefined instead', { config: { webhook: undefined } as never }],
    ['null instead', { config: { webhook: null } as never }],
  ])('runs nothing without the plugin, with %s', async (_what, options) => {
    const { app } = createApp()
    const handler = vi.fn()
    app.post('/hook', { config: hook(), ...options }, async () => handler())
    await app.listen({ port: 0, host: '127.0.0.1' })
    expect((await deliver(app)).status).toBe(500)
    expect(handler).not.toHaveBeenCalled()
  })

  test('runs nothing without the plugin for GET, for its HEAD, nor at a prefix with and without its slash', async () => {
    const { app } = createApp()
    const handler = vi.fn()
    app.register(
      async (child) => {
        child.get('/', { config: hook() }, async () => handler())
        child.post('/', { config: hook() }, async () => handler())
      },
      { prefix: '/below' },
    )
    await app.listen({ port: 0, host: '127.0.0.1' })
    for (const url of ['/below', '/below/']) {
      for (const method of ['GET', 'HEAD', 'POST'])
        expect((await deliver(app, sign({ url, method }))).status).toBe(500)
    }
    expect(handler).not.toHaveBeenCalled()
  })

  test('passes the error to its own error handler', async () => {
    const { app } = createApp()
    app.setErrorHandler((error, _request, reply) => reply.code(503).send((error as Error).name))
    app.post('/hook', { config: hook() }, async () => 'ran')
    await app.listen({ port: 0, host: '127.0.0.1' })
    expect(await deliver(app)).toMatchObject({ status: 503, body: 'WebhookConfigurationError' })
  })

  test('closes only that route', async () => {
    const { app } = createApp()
    app.post('/hook', { config: hook() }, async () => 'ran')
    app.post('/other', { config: { own: 1 } as never }, async () => 'ran')
    await app.listen({ port: 0, host: '127.0.0.1' })
    const answer = await fetch(`${app.listeningOrigin}/other`, { method: 'POST' })
    expect(await answer.text()).toBe('ran')
  })

  test('is verified once if the plugin is in a context above, in either order', async () => {
    for (const isFirst of [true, false]) {
      const { app } = createApp()
      const route = () => app.post('/hook', { config: hook() }, async ({ webhook }) => webhook.event)
      if (!isFirst) route()
      app.register(webhooks)
      if (isFirst) route()
      await app.listen({ port: 0, host: '127.0.0.1' })
      expect((await deliver(app)).body).toBe('ticket.created')
      expect((await deliver(app, forged())).status).toBe(401)
    }
  })
})

describe('another copy of the package', () => {
  test("verifies routes that this copy's guard sees", async () => {
    vi.resetModules()
    const copy = await import('../src/index.js')
    expect(copy.webhooks).not.toBe(webhooks)
    const { app } = createApp()
    await app.register(copy.webhooks)
    app.post('/hook', { config: hook() }, async ({ webhook }) => webhook.event)
    app.post('/spread', { ...webhook(hook().webhook) }, async (request) => request.webhook.event)
    await app.listen({ port: 0, host: '127.0.0.1' })
    for (const url of ['/hook', '/spread']) {
      expect(await deliver(app, sign({ url }))).toMatchObject({ status: 200, body: 'ticket.created' })
      expect((await deliver(app, { ...sign({ url }), headers: [] })).status).toBe(401)
    }
  })
})
