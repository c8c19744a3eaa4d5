import { createServer } from 'node:http'
import { webhook as onFetch } from '@countersign/core/fetch'
import { webhook as onNode } from '@countersign/core/node'
import { visibuild } from '@countersign/core/schemes'
import { webhook as onExpress } from '@countersign/express'
import { webhooks as onFastify } from '@countersign/fastify'
import { webhook as onHono } from '@countersign/hono'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { verifyTimestampAndBody } from '../snippets.js'

export const secret = 'a-signing-secret-of-32-characters'
const mostBytes = 32 * 2 ** 20

const options = {
  scheme: visibuild(),
  secret,
  maxBodyBytes: mostBytes,
  maxPendingBytes: 2 * mostBytes,
  // Long, because slow senders never end their bodies.
  bodyTimeoutMs: 600_000,
  logRefusals: /** @type {const} */ (false),
}

/** @type {express.ErrorRequestHandler} */
const silently = (_error, _req, res, _next) => void res.end()

/**
 * The same route in each adapter, as a server that does not listen yet, and the snippet after `express.raw()`, which most receivers use.
 *
 * @type {Readonly<Record<string, () => import('node:http').Server | Promise<import('node:http').Server>>>}
 */
export const adapters = {
  'express.raw()': () => {
    const app = express()
    app.post('/', express.raw({ type: '*/*', limit: mostBytes }), (req, res) => {
      const body = verifyTimestampAndBody(req.headers, req.body, secret)
      if (body !== undefined) JSON.parse(body)
      res.sendStatus(body === undefined ? 401 : 204)
    })
    // Without this, Express logs an error for each sender that disconnects.
    app.use(silently)
    return createServer(app)
  },
  'node:http': () => {
    const accept = onNode(options)
    return createServer(async (request, response) => {
      if (await accept(request, response)) response.writeHead(204).end()
    })
  },
  Express: () => {
    const app = express()
    app.post('/', onExpress(options), (_req, res) => void res.sendStatus(204))
    return createServer(app)
  },
  Fastify: async () => {
    const app = fastify()
    await app.register(onFastify)
    app.post('/', { config: { webhook: options } }, (_request, reply) => reply.code(204).send())
    await app.ready()
    return app.server
  },
  Hono: () => {
    const app = new Hono()
    app.post('/', onHono(options), (c) => c.body(null, 204))
    return createServer(getRequestListener(app.fetch))
  },
  fetch: () => {
    const receive = onFetch(options, () => undefined)
    return createServer(getRequestListener((request) => receive(request)))
  },
}
