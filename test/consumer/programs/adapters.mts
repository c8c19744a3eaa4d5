// Users' programs in ESM, one for each adapter except Express. They are compiled and loaded.
import { createServer } from 'node:http'
import { webhook as fetchWebhook } from '@countersign/core/fetch'
import { webhook as acceptWebhook, webhookHandler } from '@countersign/core/node'
import { visibuild } from '@countersign/core/schemes'
import { webhooks } from '@countersign/fastify'
import { webhook as honoWebhook } from '@countersign/hono'
import { webhook as lambdaWebhook } from '@countersign/lambda'
import fastify from 'fastify'
import { Hono } from 'hono'

const options = { scheme: visibuild(), secret: 'a-secret-of-thirty-two-characters' }

const app = fastify()
await app.register(webhooks)
app.post('/webhooks/visibuild', { config: { webhook: options } }, async (request, reply) => {
  if (request.webhook.event === 'ticket.status_changed') changed(request.webhook.payload.data.change.to)
  return reply.code(204).send()
})

const hono = new Hono()
hono.post('/webhooks/visibuild', honoWebhook(options), (c) => {
  const delivery = c.get('webhook')
  if (delivery.event === 'ticket.status_changed') changed(delivery.payload.data.change.to)
  return c.body(null, 204)
})

const receive = fetchWebhook(options, ({ event, payload }) => {
  if (event === 'ticket.status_changed') changed(payload.data.change.to)
})

export const handler = lambdaWebhook(options, ({ event, payload }) => {
  if (event === 'ticket.status_changed') changed(payload.data.change.to)
})

const accept = acceptWebhook(options)
createServer(async (request, response) => {
  if (await accept(request, response)) response.writeHead(204).end()
})
createServer(webhookHandler(options, () => undefined))

function changed(to: string): void {
  console.error(to)
}

const refusals = await Promise.all([
  app.inject({ method: 'POST', url: '/webhooks/visibuild' }).then(({ statusCode }) => statusCode),
  (await hono.request('/webhooks/visibuild', { method: 'POST' })).status,
  (await receive(new Request('http://localhost/', { method: 'POST' }))).status,
])
console.log(JSON.stringify(refusals))
