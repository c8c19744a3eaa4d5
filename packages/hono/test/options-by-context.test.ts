import { memoryStore, type ReceiverOptions, type WebhookError } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { type Context, Hono } from 'hono'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { webhook, webhookHandler } from '../src/index.js'
import { deliver, secret, sign } from './support/deliver.js'

type ByContext = (c: Context) => ReceiverOptions<VisibuildEvent>

const forms = {
  webhook: (app: Hono, options: ByContext, run: () => void) =>
    app.post('/hook', webhook(options), (c) => {
      run()
      return c.text('done')
    }),
  webhookHandler: (app: Hono, options: ByContext, run: () => void) =>
    app.post(
      '/hook',
      webhookHandler(options, (_delivery, c) => {
        run()
        return c.text('done')
      }),
    ),
}

const env = { VISIBUILD_SECRET: secret }

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(Object.entries(forms))('options of %s() as a function of the context', (_form, mount) => {
  test('are read once, at the first request, with its bindings', async () => {
    const options = vi.fn<ByContext>((c) => ({ scheme: visibuild(), secret: c.env.VISIBUILD_SECRET }))
    const run = vi.fn()
    const app = new Hono()
    mount(app, options, run)
    expect(options).not.toHaveBeenCalled()
    const requests = [sign(), sign(), sign()]
    const first = await Promise.all(requests.map((request) => deliver(app, request, { env })))
    expect(first.map(({ body }) => body)).toEqual(['done', 'done', 'done'])
    // One receiver handles them all.
    const again = await Promise.all(requests.map((request) => deliver(app, request, { env })))
    expect(again.map(({ body }) => body)).toEqual(Array(3).fill('{"status":"duplicate"}'))
    expect(options).toHaveBeenCalledTimes(1)
    expect(run).toHaveBeenCalledTimes(3)
  })

  test('that throw go to onError, and are read again at the next request', async () => {
    const options = vi.fn<ByContext>(() => ({ scheme: visibuild(), secret }))
    options.mockImplementationOnce(() => {
      throw new Error('no bindings yet')
    })
    const app = new Hono()
    const run = vi.fn()
    mount(app, options, run)
    app.onError((error, c) => c.text(error.message, 500))
    const request = sign()
    expect(await deliver(app, request)).toMatchObject({ status: 500, body: 'no bindings yet' })
    expect(run).not.toHaveBeenCalled()
    expect((await deliver(app, request)).body).toBe('done')
  })

  test('that are wrong fail every request, and the log says why if the application has no onError', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const store = memoryStore()
    const app = new Hono()
    mount(
      app,
      (c) => ({
        scheme: visibuild(),
        secret: c.env.VISIBUILD_SECRET,
        endpoint: 'tickets',
        store,
        storeTimeoutMs: -1,
      }),
      vi.fn(),
    )
    for (const surroundings of [{ env: {} }, { env }, { env }])
      expect((await deliver(app, sign(), surroundings)).status).toBe(500)
    const errors = error.mock.calls.map(([thrown]) => thrown as WebhookError)
    expect(errors.map(({ code }) => code)).toEqual([
      'ERR_WEBHOOK_SECRET_INVALID',
      'ERR_WEBHOOK_OPTION_INVALID',
      'ERR_WEBHOOK_OPTION_INVALID',
    ])
    expect(errors[2]?.message).toContain('storeTimeoutMs')
  })
})
