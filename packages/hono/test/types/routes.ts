/**
 * Tests the public types with code that must compile, or must not. It never runs: `types.matrix.test.ts` compiles it.
 */
import type { Delivery, StandardSchemaV1 } from '@countersign/core'
import { embeddable, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import {
  type WebhookEnv,
  type WebhookHandler,
  type WebhookMiddleware,
  type WebhookOptions,
  webhook,
  webhookHandler,
} from '@countersign/hono'
import { type Context, Hono } from 'hono'
import { hc } from 'hono/client'
import { createFactory, createMiddleware } from 'hono/factory'
import { logger } from 'hono/logger'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function expectTrue<T extends true>(proof?: T): void

const app = new Hono()
const secret = process.env.VISIBUILD_SECRET

app.post('/narrowed', webhook({ endpoint: 'tickets', scheme: visibuild(), secret }), async (c) => {
  expectTrue<Same<typeof c.var.webhook, Delivery<VisibuildEvent>>>()
  const { event, payload } = c.get('webhook')
  switch (event) {
    case 'ticket.status_changed':
      payload.data.change.from.toUpperCase()
      // @ts-expect-error no such field
      payload.data.change.nowhere
      break
    case 'ticket.created':
      expectTrue<Same<typeof payload.type, 'ticket.created'>>()
      // @ts-expect-error only a status change says what changed
      payload.data.change.from
      break
    default:
      expectTrue<Same<typeof payload, unknown>>()
  }
  expectTrue<Same<typeof c.var.webhook.rawBody, Uint8Array>>()
  return c.body(null, 204)
})

app.post('/without-events', webhook({ scheme: embeddable(), secret }), (c) => {
  const { email } = c.get('webhook').payload
  expectTrue<Same<typeof email, string | undefined>>()
  return c.json({ ok: true })
})

declare const schema: StandardSchemaV1<unknown, { readonly amount: number }>
app.post('/schema', webhook({ scheme: embeddable(), secret, schema }), (c) => {
  expectTrue<Same<typeof c.var.webhook.payload, { readonly amount: number }>>()
  return c.body(null, 204)
})

// With other middleware before and after it.
const timed = createMiddleware<{ Variables: { startedAt: number } }>(async (c, next) => {
  c.set('startedAt', Date.now())
  await next()
})
app.post('/chained/:tenant', timed, logger(), webhook({ scheme: visibuild(), secret }), timed, (c) => {
  expectTrue<Same<typeof c.var.webhook, Delivery<VisibuildEvent>>>()
  expectTrue<Same<typeof c.var.startedAt, number>>()
  const tenant = c.req.param('tenant')
  expectTrue<Same<typeof tenant, string>>()
  return c.body(null, 204)
})
app.on('POST', '/on', webhook({ scheme: visibuild(), secret }), (c) => c.text(c.var.webhook.scheme))
new Hono().use('/used', webhook({ scheme: visibuild(), secret })).post('/used', (c) => {
  expectTrue<Same<typeof c.var.webhook, Delivery<VisibuildEvent>>>()
  return c.body(null, 204)
})

// With an environment of the user.
interface Environment {
  Bindings: { VISIBUILD_SECRET: string; QUEUE: { send(value: unknown): Promise<void> } }
  Variables: { user: { readonly name: string } }
}
const worker = new Hono<Environment>()
worker.post('/bound', webhook({ scheme: visibuild(), secret }), async (c) => {
  expectTrue<Same<typeof c.var.webhook, Delivery<VisibuildEvent>>>()
  expectTrue<Same<typeof c.var.user.name, string>>()
  await c.env.QUEUE.send(c.var.webhook.payload)
  return c.body(null, 204)
})
worker.post(
  '/by-context',
  webhook((c: Context<Environment>) => ({ scheme: visibuild(), secret: c.env.VISIBUILD_SECRET })),
  async (c) => {
    expectTrue<Same<typeof c.var.webhook, Delivery<VisibuildEvent>>>()
    await c.env.QUEUE.send(c.var.webhook.payload)
    return c.body(null, 204)
  },
)
worker.post(
  '/by-any-context',
  webhook((c) => ({ scheme: visibuild(), secret: c.env.VISIBUILD_SECRET, schema })),
  (c) => {
    expectTrue<Same<typeof c.var.webhook.payload, { readonly amount: number }>>()
    return c.body(null, 204)
  },
)
createFactory<Environment>().createHandlers(webhook({ scheme: visibuild(), secret }), (c) => {
  expectTrue<Same<typeof c.var.webhook, Delivery<VisibuildEvent>>>()
  expectTrue<Same<typeof c.env.VISIBUILD_SECRET, string>>()
  return c.body(null, 204)
})

// A route without a webhook has no such variable.
app.get('/plain/:id', (c) => {
  // @ts-expect-error no such variable
  c.var.webhook
  return c.text(c.req.param('id'))
})

// The middleware does not change the routes of a client.
const typed = new Hono().post('/typed', webhook({ scheme: visibuild(), secret }), (c) => c.json({ ok: true }))
const answer = await (await hc<typeof typed>('http://test').typed.$post()).json()
expectTrue<Same<typeof answer, { ok: true }>>()

app.post(
  '/handler',
  webhookHandler({ scheme: visibuild(), secret }, async ({ event, payload, attempt, signal }, c) => {
    if (event === 'ticket.archived') expectTrue<Same<typeof payload.type, 'ticket.archived'>>()
    expectTrue<Same<typeof attempt, number>>()
    expectTrue<Same<typeof signal, AbortSignal>>()
    return c.json({ ok: true })
  }),
)
app.post(
  '/bare',
  webhookHandler({ scheme: embeddable(), secret }, (delivery) => delivery.payload.name),
)
worker.post(
  '/handler-by-context',
  webhookHandler(
    (c: Context<Environment>) => ({ scheme: visibuild(), secret: c.env.VISIBUILD_SECRET }),
    async (delivery, c) => {
      expectTrue<Same<typeof delivery, Delivery<VisibuildEvent>>>()
      expectTrue<Same<typeof c, Context<Environment>>>()
      await c.env.QUEUE.send(delivery.payload)
    },
  ),
)
worker.post(
  '/handler-with-context',
  webhookHandler({ scheme: visibuild(), secret }, async (delivery, c: Context<Environment>) => {
    expectTrue<Same<typeof delivery, Delivery<VisibuildEvent>>>()
    await c.env.QUEUE.send(delivery.payload)
  }),
)

// The type names that a user needs to declare these parts in other files.
const kept: WebhookMiddleware<VisibuildEvent> = webhook({ scheme: visibuild(), secret })
const handle: WebhookHandler<VisibuildEvent> = ({ id }, c) => [id, c.req.path]
const handleBound: WebhookHandler<VisibuildEvent, Environment> = ({ id }, c) => c.env.QUEUE.send(id)
const options: WebhookOptions<VisibuildEvent, undefined, Environment> = (c) => ({
  scheme: visibuild(),
  secret: c.env.VISIBUILD_SECRET,
})
app.post('/kept', kept, (c) => c.json(c.var.webhook.event))
app.post('/kept-handler', webhookHandler({ scheme: visibuild(), secret }, handle))
worker.post('/kept-options', webhookHandler(options, handleBound))
const routeElsewhere = (c: Context<WebhookEnv<VisibuildEvent>>) => c.json(c.var.webhook.event)
app.post('/kept-route', kept, routeElsewhere)

// @ts-expect-error no scheme
webhook({ secret })
// @ts-expect-error nothing skips verification
webhook({ scheme: visibuild(), secret, skipVerification: true })
// @ts-expect-error a handler form without a handler
webhookHandler({ scheme: visibuild(), secret })
// @ts-expect-error options must not be a promise: use a secret that is a function instead
webhook(async () => ({ scheme: visibuild(), secret }))
