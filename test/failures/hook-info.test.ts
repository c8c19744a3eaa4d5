import { createReceiver, DedupeStoreError, type HookInfo, WebhookHandlerError } from '@countersign/core'
import { webhook as fetchWebhook } from '@countersign/core/fetch'
import { visibuild } from '@countersign/core/schemes'
import { webhook as expressWebhook } from '@countersign/express'
import { webhookHandler as fastifyHandler } from '@countersign/fastify'
import { webhook as honoWebhook } from '@countersign/hono'
import { type HttpApiEvent, type LambdaContext, webhook as lambdaWebhook } from '@countersign/lambda'
import { webhook as nextWebhook } from '@countersign/next'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { NextRequest } from 'next/server.js'
import { describe, expect, test } from 'vitest'
import { serve } from '../support/serve.js'

const secret = 'a-signing-secret-of-32-characters'
const target = '/hooks/visibuild?token=unseen'
const url = `http://127.0.0.1${target}`
const init = { method: 'POST', body: '{}' }

/** What `onRejected` gets for a request without a signature. */
async function refusedBy(send: (options: Parameters<typeof createReceiver>[0]) => Promise<unknown>) {
  const infos: HookInfo[] = []
  await send({ scheme: visibuild(), secret, onRejected: (info) => infos.push(info) })
  expect(infos).toHaveLength(1)
  return infos[0] as HookInfo
}

describe("a hook's info has the method, the path without its query, and the request id of the host", () => {
  test.each<
    [string, string | undefined, (options: Parameters<typeof createReceiver>[0]) => Promise<unknown>]
  >([
    [
      'Express',
      'express-1',
      async (options) => {
        const app = express()
        app.use((req, _res, next) => {
          Object.assign(req, { id: 'express-1' })
          next()
        })
        const router = express.Router()
        router.post('/visibuild', expressWebhook(options))
        app.use('/hooks', router)
        const served = await serve(app)
        return fetch(served.url + target, init)
      },
    ],
    [
      'Fastify',
      'req-1',
      async (options) => {
        const app = Fastify()
        app.post(
          '/hooks/visibuild',
          fastifyHandler(options, () => undefined),
        )
        return app.inject({ method: 'POST', url: target, payload: '{}' })
      },
    ],
    [
      'Hono',
      'hono-1',
      async (options) => {
        const app = new Hono()
        app.use(requestId({ generator: () => 'hono-1' }))
        app.post('/hooks/visibuild', honoWebhook(options), (c) => c.body(null, 204))
        return app.request(url, init)
      },
    ],
    [
      'fetch',
      'ray-1',
      (options) => fetchWebhook(options, () => undefined)(new Request(url, init), { requestId: 'ray-1' }),
    ],
    [
      'Next.js',
      'vercel-1',
      (options) =>
        nextWebhook(options, () => undefined)(
          new NextRequest(url, { ...init, headers: { 'x-vercel-id': 'vercel-1' } }),
          { params: Promise.resolve({}) },
        ),
    ],
    [
      'Lambda',
      'aws-1',
      (options) => {
        const event = {
          version: '2.0',
          rawPath: '/hooks/visibuild',
          rawQueryString: 'token=unseen',
          headers: {},
          requestContext: { http: { method: 'POST', path: '/hooks/visibuild' }, stage: '$default' },
          body: '{}',
          isBase64Encoded: false,
        } as unknown as HttpApiEvent
        return lambdaWebhook(options, () => undefined)(event, { awsRequestId: 'aws-1' } as LambdaContext)
      },
    ],
    [
      'createReceiver',
      undefined,
      (options) =>
        createReceiver(options).receive(
          { method: 'POST', url: target, headers: {}, body: new Uint8Array() },
          () => undefined,
        ),
    ],
  ])('in %s', async (_, id, send) => {
    expect(await refusedBy(send)).toMatchObject({ method: 'POST', path: '/hooks/visibuild', requestId: id })
  })
})

describe('JSON.stringify', () => {
  test('of an error shows its code, its message and the names of its causes', () => {
    const cause = new TypeError('a message that must not show', { cause: 'text' })
    const error = new WebhookHandlerError('ERR_WEBHOOK_HANDLER_FAILED', 'The handler failed.', { cause })
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({
      error: {
        name: 'WebhookHandlerError',
        code: 'ERR_WEBHOOK_HANDLER_FAILED',
        message: 'The handler failed.',
        causes: ['TypeError', 'string'],
      },
    })
  })

  test('ends if causes form a circle, and if there is none', () => {
    const first = new Error('first')
    first.cause = new RangeError('second', { cause: first })
    const error = new DedupeStoreError('ERR_WEBHOOK_STORE_UNAVAILABLE', 'It is down.', { cause: first })
    expect(error.toJSON().causes).toEqual(['Error', 'RangeError'])
    expect(new DedupeStoreError('ERR_WEBHOOK_STORE_FULL', 'It is full.').toJSON().causes).toEqual([])
  })

  test("of a hook's info holds the error and no body", async () => {
    const info = await refusedBy((options) =>
      createReceiver(options).receive(
        { method: 'POST', url: target, headers: {}, body: new TextEncoder().encode('private words') },
        () => undefined,
      ),
    )
    expect(JSON.parse(JSON.stringify(info))).toMatchObject({
      code: 'ERR_WEBHOOK_HEADER_MISSING',
      error: { code: 'ERR_WEBHOOK_HEADER_MISSING', message: expect.stringContaining('is missing') },
    })
  })
})
