// Users' routes in every adapter, as the README and the packages' pages write them. They are compiled with the oldest and the newest
// compiler, with and without strict. Each expected error shows that the value is typed and not any.
import { createServer } from 'node:http'
import {
  createReceiver,
  type StandardSchemaV1,
  type VerifiedDelivery,
  verify,
  type WebhookRequest,
} from '@countersign/core'
import { webhook as fetchWebhook } from '@countersign/core/fetch'
import { webhookHandler as nodeHandler, webhook as nodeWebhook } from '@countersign/core/node'
import { embeddable, github, type VisibuildEvent, visibuild, visisto } from '@countersign/core/schemes'
import { webhook, webhookHandler } from '@countersign/express'
import { webhookHandler as fastifyHandler, webhook as fastifyWebhook, webhooks } from '@countersign/fastify'
import { webhookHandler as honoHandler, webhook as honoWebhook } from '@countersign/hono'
import { webhook as lambdaWebhook } from '@countersign/lambda'
import { webhook as nextWebhook } from '@countersign/next'
import { webhook as pagesWebhook, withWebhook } from '@countersign/next/pages'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'

const options = { endpoint: 'tickets', scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }

/** The code of each route. */
function handle({ event, payload }: VerifiedDelivery<VisibuildEvent>): void {
  if (event === 'ticket.status_changed') {
    console.log(payload.data.change.to.toUpperCase())
    // @ts-expect-error no such field
    console.log(payload.data.change.nowhere)
  } else if (event === 'ticket.created') {
    console.log(payload.data.ticket?.title)
    // @ts-expect-error only a status change says what changed
    console.log(payload.data.change.to.toUpperCase())
  }
}

const app = express()
app.post(
  '/webhooks/visibuild',
  webhook({ endpoint: 'tickets', scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }),
  async (req, res) => {
    const { event, payload } = req.webhook
    if (event === 'ticket.status_changed') console.log(payload.data.change.to)
    // @ts-expect-error narrowed, and no such field
    if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
    handle(req.webhook)
    res.sendStatus(204)
  },
)
app.post(
  '/handler',
  webhookHandler(options, (delivery) => handle(delivery)),
)

const server = fastify()
server.register(webhooks)
server.post('/config', { config: { webhook: options } }, async (request) => {
  const { event, payload } = request.webhook
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
  handle(request.webhook)
})
server.post('/spread', { ...fastifyWebhook(options) }, async (request) => {
  const { event, payload } = request.webhook
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
  handle(request.webhook)
})
server.post(
  '/handler',
  fastifyHandler(options, (delivery) => handle(delivery)),
)

const hono = new Hono()
hono.post('/route', honoWebhook(options), (c) => {
  const { event, payload } = c.get('webhook')
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
  handle(c.var.webhook)
  return c.body(null, 204)
})
hono.post(
  '/handler',
  honoHandler(options, ({ event, payload }, c) => {
    if (event === 'ticket.status_changed') console.log(payload.data.change.to)
    // @ts-expect-error narrowed, and no such field
    if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
    return c.body(null, 204)
  }),
)

export const receive = fetchWebhook(options, ({ event, payload }) => {
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
})
export const POST = nextWebhook(options, async ({ event, payload }) => {
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
})
export const page = pagesWebhook(options, async ({ event, payload }) => {
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
})
export const ownAnswer = withWebhook(options, (req, res) => {
  const { event, payload } = req.webhook
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
  res.status(204).end()
})
export const handler = lambdaWebhook(options, async ({ event, payload }) => {
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
})

const accept = nodeWebhook(options)
createServer(async (request, response) => {
  const delivery = await accept(request, response)
  if (!delivery) return
  const { event, payload } = delivery
  if (event === 'ticket.status_changed') console.log(payload.data.change.to)
  // @ts-expect-error narrowed, and no such field
  if (event === 'ticket.status_changed') console.log(payload.data.change.nowhere)
  response.writeHead(204).end()
})
createServer(nodeHandler(options, (delivery) => handle(delivery)))

/** Without an adapter. */
export async function receiveOne(request: WebhookRequest): Promise<string | undefined> {
  const receiver = createReceiver({ ...options, events: ['ticket.created', 'ticket.reopened'] })
  const outcome = await receiver.receive(request, (delivery) => handle(delivery))
  if (outcome.type === 'refused') return outcome.error.code
  if (outcome.type === 'duplicate') handle(outcome.delivery)
  const acceptance = await receiver.accept(request)
  if (acceptance.accepted === true) {
    handle(acceptance.delivery)
    return (await acceptance.settle({ ok: true })).type
  }
  const { event, payload } = await verify(request, { scheme: visisto(), secret: process.env.VISISTO_SECRET })
  return event === 'contact.created' ? payload.data?.email : undefined
}

// A schema's output takes the place of the scheme's payloads.
declare const schema: StandardSchemaV1<unknown, { readonly amount: number }>
export const validated = fetchWebhook({ ...options, schema }, ({ payload }) => {
  console.log(payload.amount.toFixed())
  // @ts-expect-error no such field
  console.log(payload.data)
})
export const fields = fetchWebhook({ scheme: embeddable(), secret: 'embeddable-secret' }, ({ payload }) => {
  console.log(payload.email?.toUpperCase())
})

// Payloads that the user types.
interface Payloads {
  push: { readonly ref: string }
}
export const typed = fetchWebhook(
  { scheme: github<Payloads>(), secret: process.env.GITHUB_SECRET, events: ['push', 'release'] },
  ({ event, payload }) => {
    if (event === 'push') console.log(payload.ref.toUpperCase())
    // @ts-expect-error narrowed, and no such field
    if (event === 'push') console.log(payload.nowhere)
    if (event === 'release') console.log(payload)
  },
)
export const untyped = fetchWebhook({ scheme: github(), secret: process.env.GITHUB_SECRET }, ({ event }) => {
  if (event === 'name-not-known') console.log(event.toUpperCase())
})
