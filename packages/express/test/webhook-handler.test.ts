import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { serve } from '../../../test/support/serve.js'
import { type WebhookHandler, webhookHandler } from '../src/index.js'
import { frameworks } from './support/frameworks.js'
import { deliver, secret, ticketBody } from './support/sender.js'

describe.each(frameworks)('webhookHandler() on $framework', ({ express }) => {
  async function serveHandler(handler: WebhookHandler) {
    const app = express()
    app.set('env', 'test')
    app.post('/hook', webhookHandler({ scheme: visibuild(), secret }, handler))
    return { hook: `${(await serve(app)).url}/hook` }
  }

  test("runs the handler with the delivery and Express's req and res, and answers", async () => {
    const handler = vi.fn<WebhookHandler>(async () => ({ internal: 'result' }))
    const { hook } = await serveHandler(handler)
    const body = ticketBody({ id: 'event-1' })
    expect(await deliver(hook, body)).toMatchObject({ status: 200, body: '{"status":"processed"}' })
    const [delivery, { req, res }] = handler.mock.calls[0] ?? expect.fail('not called')
    expect(delivery).toMatchObject({ event: 'ticket.created', payload: { id: 'event-1' } })
    expect([req.originalUrl, res.req]).toEqual(['/hook', req])
    expect(await deliver(hook, body)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test('a handler that sends its own answer breaks nothing', async () => {
    const { hook } = await serveHandler((_delivery, { res }) => void res.status(202).send('mine'))
    expect(await deliver(hook)).toMatchObject({ status: 202, body: 'mine' })
    expect((await deliver(hook)).status).toBe(202)
  })

  test('a wrong option throws when the route is created', () => {
    const make = (options: object) => () =>
      webhookHandler({ scheme: visibuild(), secret, ...options }, vi.fn())
    expect(make({ secret: undefined })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
    expect(make({ secret: '' })).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }))
    expect(make({ leaseMs: 0 })).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_OPTION_INVALID' }))
  })
})
