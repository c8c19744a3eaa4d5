import type { ReceiverOptions } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { expect, test, vi } from 'vitest'
import { type WebhookHandler, webhookHandler } from '../src/index.js'
import { deliver, secret, sign, signAgain } from './support/deliver.js'

type Options = Partial<ReceiverOptions<VisibuildEvent>>

function createApp(handler: WebhookHandler<VisibuildEvent>, options: Options = {}): Hono {
  const app = new Hono()
  app.post('/hook', webhookHandler({ scheme: visibuild(), secret, ...options }, handler))
  return app
}

test('runs the handler with the delivery and the context, and answers', async () => {
  const handler = vi.fn<WebhookHandler<VisibuildEvent>>(async () => ({ internal: 'result' }))
  const app = createApp(handler)
  const request = sign({ id: 'd-1' })
  expect(await deliver(app, request)).toMatchObject({ status: 200, body: '{"status":"processed"}' })
  const [delivery, c] = handler.mock.calls[0] ?? expect.fail('not called')
  expect(delivery).toMatchObject({ id: 'd-1', attempt: 1 })
  expect([c.req.path, c.req.method]).toEqual(['/hook', 'POST'])
  expect(await deliver(app, request)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
  expect(handler).toHaveBeenCalledTimes(1)
})

test('a Response is the answer: 2xx completes, and every other status releases', async () => {
  const handler = vi.fn<WebhookHandler<VisibuildEvent>>((_delivery, c) => c.json({ mine: true }, 202))
  handler.mockImplementationOnce(async (_delivery, c) => c.text('later', 429, { 'retry-after': '7' }))
  const app = createApp(handler)
  const request = sign()
  const refused = await deliver(app, request)
  expect([refused.status, refused.body, refused.headers.get('retry-after')]).toEqual([429, 'later', '7'])
  expect(await deliver(app, request)).toMatchObject({ status: 202, body: '{"mine":true}' })
  expect((await deliver(app, request)).body).toContain('duplicate')
})

test('the last attempt before the endpoint would be switched off is answered 2xx', async () => {
  const app = createApp((_delivery, c) => c.text('poison', 500), { exhaustAfter: 2 })
  const request = sign()
  expect(await deliver(app, request)).toMatchObject({ status: 500, body: 'poison' })
  expect(await deliver(app, signAgain(request))).toMatchObject({
    status: 200,
    body: '{"status":"exhausted"}',
  })
})

test('an error of the handler does not become an answer of Hono', async () => {
  const thrown = new HTTPException(422, { message: 'password=hunter2' })
  const handler = vi.fn<WebhookHandler<VisibuildEvent>>(() => undefined).mockRejectedValueOnce(thrown)
  const app = createApp(handler)
  app.onError(() => expect.fail('onError must not be called'))
  const request = sign()
  expect(await deliver(app, request)).toMatchObject({ status: 500, body: '{"error":"handler failed"}' })
  expect((await deliver(app, request)).status).toBe(200)
})
