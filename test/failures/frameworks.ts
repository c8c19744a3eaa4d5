import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createReceiver, type Handler, type ReceiverOptions } from '@countersign/core'
import { webhook as fetchWebhook } from '@countersign/core/fetch'
import { webhookHandler as nodeHandler } from '@countersign/core/node'
import { webhookHandler as expressHandler, webhook as expressWebhook } from '@countersign/express'
import { webhookHandler as fastifyHandler, webhook as fastifyWebhook } from '@countersign/fastify'
import { webhookHandler as honoHandler, webhook as honoWebhook } from '@countersign/hono'
import { type HttpApiEvent, type LambdaContext, webhook as lambdaWebhook } from '@countersign/lambda'
import { webhook as nextWebhook } from '@countersign/next'
import { webhook as nextPagesWebhook } from '@countersign/next/pages'
import type { SignedRequest } from '@countersign/testing'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { Hono } from 'hono'
import { NextRequest } from 'next/server.js'
import type { NextApiRequest, NextApiResponse } from 'next/types.js'
import { onTestFinished } from 'vitest'

/** Delivers a request to `/hook?token=unseen` and returns the status. */
export type Deliver = (request: SignedRequest) => Promise<number>

/** A route in one framework, as a user writes it. `print` gets the lines of the framework's logger, if it has one. */
export type Framework = (
  options: ReceiverOptions,
  handler: Handler,
  print: (line: string) => void,
) => Deliver | Promise<Deliver>

const target = '/hook?token=unseen'

export const frameworks: Readonly<Record<string, Framework>> = {
  'createReceiver()': (options, handler) => {
    const receiver = createReceiver(options)
    return async ({ method, headers, body }) =>
      (await receiver.receive({ method, url: target, headers, body }, handler)).response.status
  },
  'Express handler': (options, handler) => {
    const app = express()
    app.post('/hook', expressHandler(options, handler))
    return serve(app)
  },
  'Express middleware': (options, handler) => {
    const app = express()
    // Without this, Express's own handler prints the error, too.
    app.set('env', 'test')
    app.post('/hook', expressWebhook(options), async (request, response) => {
      await handler(request.webhook)
      response.sendStatus(204)
    })
    return serve(app)
  },
  'Fastify handler': (options, handler, print) =>
    serveFastify(print, (app) => app.post('/hook', fastifyHandler(options, handler))),
  'Fastify route': (options, handler, print) =>
    serveFastify(print, (app) => {
      // Without this, Fastify's own handler prints the error, too.
      app.setErrorHandler((_error: unknown, _request: FastifyRequest, reply: FastifyReply) =>
        reply.code(500).send(),
      )
      app.post(
        '/hook',
        { ...fastifyWebhook(options) },
        async (request: FastifyRequest, reply: FastifyReply) => {
          await handler(request.webhook)
          return reply.code(204).send()
        },
      )
    }),
  'Fastify without its logger': (options, handler) =>
    serveFastify(undefined, (app) => app.post('/hook', fastifyHandler(options, handler))),
  'Hono handler': (options, handler) => {
    const app = new Hono()
    app.post('/hook', honoHandler(options, handler))
    return serve(getRequestListener(app.fetch))
  },
  'Hono middleware': (options, handler) => {
    const app = new Hono()
    app.post('/hook', honoWebhook(options), async (c) => {
      await handler(c.get('webhook'))
      return c.body(null, 204)
    })
    // Without this, Hono's own handler prints the error, too.
    app.onError((_error, c) => c.text('failed', 500))
    return serve(getRequestListener(app.fetch))
  },
  'node:http': (options, handler) => serve(nodeHandler(options, handler)),
  fetch: (options, handler) => {
    const receive = fetchWebhook(options, handler)
    return serve(getRequestListener((request) => receive(request)))
  },
  'Next.js App Router': (options, handler) => {
    const POST = nextWebhook(options, handler)
    return async ({ method, headers, body }) => {
      const request = new NextRequest(`http://127.0.0.1${target}`, {
        method,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body: Buffer.from(body),
      })
      return (await POST(request, { params: Promise.resolve({}) })).status
    }
  },
  'Next.js Pages Router': (options, handler) => {
    const route = nextPagesWebhook(options, handler)
    return serve((request, response) => void route(request as NextApiRequest, response as NextApiResponse))
  },
  Lambda: (options, handler) => {
    const invoke = lambdaWebhook<never, undefined, HttpApiEvent>(options as never, handler as never)
    return async ({ method, headers, body }) => {
      const event = {
        version: '2.0',
        rawPath: '/hook',
        rawQueryString: 'token=unseen',
        headers: Object.fromEntries(headers),
        requestContext: { http: { method, path: '/hook' }, stage: '$default' },
        body: Buffer.from(body).toString('base64'),
        isBase64Encoded: true,
      } as unknown as HttpApiEvent
      const result = await invoke(event, { awsRequestId: 'invocation-1' } as LambdaContext)
      return (result as { readonly statusCode: number }).statusCode
    }
  },
}

async function serve(listener: Parameters<typeof createServer>[1]): Promise<Deliver> {
  const server = createServer(listener ?? (() => undefined))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return deliverTo((server.address() as AddressInfo).port)
}

async function serveFastify(
  print: ((line: string) => void) | undefined,
  declare: (app: ReturnType<typeof Fastify>) => unknown,
): Promise<Deliver> {
  const app = Fastify({ logger: print ? { level: 'warn', stream: { write: print } } : false })
  declare(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  return deliverTo((app.server.address() as AddressInfo).port)
}

function deliverTo(port: number): Deliver {
  return async ({ method, headers, body }) => {
    const response = await fetch(`http://127.0.0.1:${port}${target}`, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body: Buffer.from(body),
    })
    await response.arrayBuffer()
    return response.status
  }
}
