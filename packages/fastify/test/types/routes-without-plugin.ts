/** Tests the public types without the plugin. It never runs: `routes.ts` imports it, and `types.matrix.test.ts` compiles both. */
import type { Delivery, StandardSchemaV1 } from '@countersign/core'
import { embeddable, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { type VerifiedRoute, webhook, webhookHandler } from '@countersign/fastify'
import fastify, { type FastifyReply, type FastifyRequest, type preHandlerAsyncHookHandler } from 'fastify'
import { expectTrue, type Same } from './same.js'

const app = fastify()
const secret = process.env.VISIBUILD_SECRET
declare const schema: StandardSchemaV1<unknown, { readonly amount: number }>

// Hooks, spread into a route's options.
app.post('/spread', { ...webhook({ scheme: visibuild(), secret }) }, async (request, reply) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
  return reply.code(204).send()
})
app.post('/spread-schema', { ...webhook({ scheme: embeddable(), secret, schema }) }, async (request) => {
  expectTrue<Same<typeof request.webhook.payload, { readonly amount: number }>>()
})
app.post('/given', webhook({ scheme: visibuild(), secret, leaseMs: 10_000 }), async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
})
app.route({
  ...webhook({ scheme: visibuild(), secret }),
  method: 'POST',
  url: '/spread-routed',
  bodyLimit: 100_000,
  onRequest: async (request) => console.log(request.ip),
  preHandler: async (request) => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
  },
  handler: async (request) => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
  },
})
const hooks = webhook({ scheme: visibuild(), secret })
app.post(
  '/listed',
  { ...hooks, preValidation: [hooks.preValidation, async (request) => console.log(request.ip)] },
  async (request) => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
  },
)
const keptRoute: VerifiedRoute<VisibuildEvent, undefined> = hooks
app.post('/kept-hooks', keptRoute, async (request) => request.webhook.event)
// @ts-expect-error no scheme
webhook({ secret })
// @ts-expect-error nothing skips verification
webhook({ scheme: visibuild(), secret, skipVerification: true })

// A whole route, with its handler.
const log: preHandlerAsyncHookHandler = async ({ webhook }) => console.log(webhook.idempotencyKey)
app.post(
  '/handler',
  webhookHandler(
    { scheme: visibuild(), secret },
    async ({ event, payload, attempt, signal }, { request, reply }) => {
      if (event === 'ticket.archived') expectTrue<Same<typeof payload.type, 'ticket.archived'>>()
      expectTrue<Same<typeof attempt, number>>()
      expectTrue<Same<typeof signal, AbortSignal>>()
      expectTrue<Same<typeof request, FastifyRequest>>()
      expectTrue<Same<typeof reply, FastifyReply>>()
    },
  ),
)
app.post(
  '/bare',
  webhookHandler({ scheme: embeddable(), secret, schema }, (delivery) => delivery.payload.amount),
)
app.route({
  method: 'POST',
  url: '/spread',
  preHandler: log,
  bodyLimit: 100_000,
  ...webhookHandler({ scheme: visibuild(), secret }, () => undefined),
})

// @ts-expect-error nothing skips verification
webhookHandler({ scheme: visibuild(), secret, skipVerification: true }, () => undefined)
// @ts-expect-error a handler form without a handler
webhookHandler({ scheme: visibuild(), secret })
