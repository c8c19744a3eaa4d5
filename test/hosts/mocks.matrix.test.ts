import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { type NodeRequest, webhook, webhookHandler } from '@countersign/core/node'
import * as express from '@countersign/express'
import mocks, { type RequestOptions } from 'node-mocks-http'
import { describe, expect, test, vi } from 'vitest'
import { scheme, secret, sender } from './support/senders.js'
import { watchProcess } from './support/watch-process.js'

const options = () => ({ scheme, secret, onWarning: vi.fn() })

/** As in unit tests: without a connection, and with a response that has no request. */
function mocked(fields: RequestOptions = {}) {
  const { headers, body } = sender.sign()
  const request = mocks.createRequest({
    method: 'POST',
    url: '/hook',
    headers: Object.fromEntries(headers),
    body: Buffer.from(body),
    ...fields,
  })
  const response = mocks.createResponse({ eventEmitter: EventEmitter })
  return { request, response, ended: new Promise((resolve) => response.on('end', resolve)) }
}

/** Fields that a test, or a host that builds requests from events, may leave out. */
const poor: Record<string, RequestOptions> = {
  'no body': { body: undefined as never },
  'a parsed body': { body: { id: '1' } },
  'a body of text': { body: 'text' as never },
  'no headers': { headers: {} },
  'headers of another kind': { rawHeaders: ['a'], headers: { 'content-length': 1 as never } },
  'no socket': { socket: null as never },
}

describe('webhookHandler() of core/node', () => {
  test('answers a mocked request, and its duplicate', async () => {
    const handler = vi.fn()
    const receive = webhookHandler(options(), handler)
    const delivery = sender.sign()
    const fields = { headers: Object.fromEntries(delivery.headers), body: Buffer.from(delivery.body) }
    for (const word of ['processed', 'duplicate']) {
      const { request, response } = mocked(fields as RequestOptions)
      await receive(request as NodeRequest, response as ServerResponse)
      expect([response.statusCode, response._getJSONData()]).toEqual([200, { status: word }])
    }
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test.each(Object.entries(poor))('never rejects: %s', async (_, fields) => {
    const uncaught = watchProcess()
    const handler = vi.fn()
    const { request, response, ended } = mocked(fields)
    await webhookHandler(options(), handler)(request as NodeRequest, response as ServerResponse)
    await ended
    expect([401, 500, 200]).toContain(response.statusCode)
    expect(await uncaught()).toEqual([])
  })
})

describe('webhook() of core/node', () => {
  test("settles by a mocked response's end", async () => {
    const accept = webhook(options())
    const { request, response, ended } = mocked()
    const delivery = await accept(request as NodeRequest, response as ServerResponse)
    expect(delivery?.event).toBe('ticket.status_changed')
    response.status(204).end()
    await ended
    expect(response.statusCode).toBe(204)
  })

  test.each(Object.entries(poor))('never rejects: %s', async (_, fields) => {
    const uncaught = watchProcess()
    const { request, response, ended } = mocked(fields)
    const delivery = await webhook(options())(request as NodeRequest, response as ServerResponse)
    if (delivery) response.json({ ok: true })
    await ended
    expect(await uncaught()).toEqual([])
  })
})

describe('the middleware of Express without an application', () => {
  test.each(Object.entries(poor))('never throws: %s', async (_, fields) => {
    const uncaught = watchProcess()
    for (const middleware of [express.webhook(options()), express.webhookHandler(options(), vi.fn())]) {
      const { request, response, ended } = mocked(fields)
      const next = vi.fn((error?: unknown) => void response.status(error ? 500 : 204).end())
      middleware(request as never, response as never, next)
      await ended
      expect([200, 204, 401, 500]).toContain(response.statusCode)
    }
    expect(await uncaught()).toEqual([])
  })
})
