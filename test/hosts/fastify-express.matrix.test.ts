import { webhook, webhookHandler } from '@countersign/express'
import fastifyExpress from '@fastify/express'
import express, { type RequestHandler } from 'express'
import fastify from 'fastify'
import { expect, onTestFinished, test, vi } from 'vitest'
import { forger, scheme, secret, send, sender } from './support/senders.js'
import { watchProcess } from './support/watch-process.js'

/** An Express application or router inside a Fastify application. */
async function start(answer: RequestHandler) {
  const uncaught = watchProcess()
  const route = vi.fn(answer)
  const handler = vi.fn()
  const options = { scheme, secret, onWarning: vi.fn() }
  const router = express.Router()
  router.post('/middleware', webhook(options), route)
  router.post('/handler', webhookHandler(options, handler))
  const app = fastify()
  await app.register(fastifyExpress)
  app.use(router)
  onTestFinished(() => app.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, route, handler, uncaught }
}

test.each<[string, RequestHandler, number]>([
  ['end()', (_request, response) => void response.writeHead(202).end('done'), 202],
  ['sendStatus()', (_request, response) => void response.sendStatus(204), 204],
  ['json()', (_request, response) => void response.status(201).json({ ok: true }), 201],
])('a route that answers by %s is answered, and runs once', async (_, answer, status) => {
  const { url, route, uncaught } = await start(answer)
  const delivery = sender.sign()
  expect((await send(`${url}/middleware`, delivery)).status).toBe(status)
  expect(await send(`${url}/middleware`, delivery)).toMatchObject({
    status: 200,
    body: '{"status":"duplicate"}',
  })
  expect(route).toHaveBeenCalledTimes(1)
  expect(await uncaught()).toEqual([])
})

test('a route that fails releases the delivery for a retry', async () => {
  const { url, route } = await start((_request, response) => void response.status(500).end())
  const delivery = sender.sign()
  for (let attempt = 0; attempt < 2; attempt++)
    expect((await send(`${url}/middleware`, delivery)).status).toBe(500)
  expect(route).toHaveBeenCalledTimes(2)
})

test('webhookHandler() answers, and refuses a forgery', async () => {
  const { url, handler } = await start(vi.fn())
  const delivery = sender.sign()
  expect((await send(`${url}/handler`, forger.sign())).status).toBe(401)
  expect(await send(`${url}/handler`, delivery)).toMatchObject({ status: 200 })
  expect(await send(`${url}/handler`, delivery)).toMatchObject({
    body: '{"status":"duplicate"}',
  })
  expect(handler).toHaveBeenCalledTimes(1)
})
