import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { serve } from '../../../../test/support/serve.js'
import { WebhookPermanentError } from '../../src/errors.js'
import { type WebhookHandler, webhookHandler } from '../../src/node/index.js'
import type { ReceiverOptions } from '../../src/options.js'
import { nowMs, secret, visibuildAttempt, visibuildDelivery } from '../support/visibuild-delivery.js'

/** Serves as `createServer(webhookHandler(...))` does, and keeps what became of the listener's promises. */
async function serveHandler(handler: WebhookHandler, options: Partial<ReceiverOptions> = {}) {
  const listener = webhookHandler({ scheme: visibuild(), secret, now: () => nowMs, ...options }, handler)
  const ends: Promise<void>[] = []
  const { url } = await serve((request, response) => void ends.push(listener(request, response)))
  return { url, ends }
}

async function send(url: string, { headers, body } = visibuildDelivery(), method = 'POST') {
  const response = await fetch(url, { method, headers, body: body as Buffer })
  return { status: response.status, body: await response.text() }
}

describe('webhookHandler() of node:http', () => {
  test('runs the handler with the delivery, the request and the response, and answers', async () => {
    const handler = vi.fn<WebhookHandler>(() => ({ internal: 'result' }))
    const { url, ends } = await serveHandler(handler)
    expect(await send(`${url}/hook?a=1`)).toEqual({ status: 200, body: '{"status":"processed"}' })
    const [delivery, { request, response }] = handler.mock.calls[0] ?? expect.fail('not called')
    expect(delivery).toMatchObject({ event: 'ticket.created', payload: { id: 'event-1' } })
    expect([request.url, response.req]).toEqual(['/hook?a=1', request])
    await expect(ends[0]).resolves.toBeUndefined()
    expect(await send(url)).toEqual({ status: 200, body: '{"status":"duplicate"}' })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test('the promise of the listener never rejects, whatever the handler does', async () => {
    const handler = vi.fn<WebhookHandler>()
    const { url, ends } = await serveHandler(handler)
    handler.mockImplementationOnce(() => {
      throw new Error('password=hunter2')
    })
    expect(await send(url)).toEqual({ status: 500, body: '{"error":"handler failed"}' })
    handler.mockRejectedValueOnce('password=hunter2')
    expect(await send(url, visibuildAttempt(2))).toEqual({ status: 500, body: '{"error":"handler failed"}' })
    handler.mockRejectedValueOnce(new WebhookPermanentError('no such ticket'))
    expect(await send(url, visibuildAttempt(3))).toEqual({
      status: 200,
      body: '{"status":"failed-for-good"}',
    })
    expect((await Promise.allSettled(ends)).map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'))
    expect(handler.mock.calls.map(([{ attempt }]) => attempt)).toEqual([1, 2, 3])
  })

  test('a handler that answers by itself breaks nothing', async () => {
    const handler: WebhookHandler = (_delivery, { response }) => void response.writeHead(202).end('mine')
    const { url } = await serveHandler(handler)
    expect(await send(url)).toEqual({ status: 202, body: 'mine' })
    expect(await send(url)).toEqual({ status: 200, body: '{"status":"duplicate"}' })
  })

  test('a handler that destroys the response breaks nothing', async () => {
    const { url, ends } = await serveHandler((_delivery, { response }) => void response.destroy())
    await expect(send(url)).rejects.toThrow()
    await expect(ends[0]).resolves.toBeUndefined()
    expect(await send(url)).toEqual({ status: 200, body: '{"status":"duplicate"}' })
  })

  test('answers other methods itself, so that one listener is the whole endpoint', async () => {
    const handler = vi.fn()
    const { url } = await serveHandler(handler)
    expect(await send(url, undefined, 'PUT')).toEqual({ status: 405, body: '{"error":"method not allowed"}' })
    expect(handler).not.toHaveBeenCalled()
  })

  test('a wrong set-up shows when the listener is made', () => {
    expect(() => webhookHandler({ scheme: visibuild(), secret: undefined as never }, vi.fn())).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
  })
})
