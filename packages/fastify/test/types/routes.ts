/**
 * Tests the public types with code that must compile, or must not. It never runs: `types.matrix.test.ts` compiles it.
 */
import { createServer, type Server } from 'node:https'
import { type Delivery, memoryStore, type ReceiverOptions, type StandardSchemaV1 } from '@countersign/core'
import {
  embeddable,
  type GithubEvent,
  github,
  type VisibuildEvent,
  type VisistoEvent,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import webhooksByDefault, {
  type DeliveryOfConfig,
  type WebhookContext,
  type WebhookHandler,
  type WebhookRoute,
  type WebhooksOptions,
  webhook,
  webhookHandler,
  webhooks,
} from '@countersign/fastify'
import fastify, {
  type FastifyPluginAsync,
  type FastifyTypeProvider,
  type onRequestHookHandler,
  type preHandlerAsyncHookHandler,
  type RouteHandlerMethod,
} from 'fastify'
import './routes-without-plugin.js'
import { expectTrue, type Same } from './same.js'

const app = fastify()
const secret = process.env.VISIBUILD_SECRET

await app.register(webhooks)
await app.register(webhooks, {})
await app.register(webhooks, { store: memoryStore(), onRejected: ({ code }) => console.error(code) })
await app.register(webhooksByDefault, () => ({ store: memoryStore() }))
await app.register(import('@countersign/fastify'), { exposeReason: true })
// @ts-expect-error a scheme belongs to a route
await app.register(webhooks, { scheme: visibuild() })

const config = { webhook: { endpoint: 'tickets', scheme: visibuild(), secret } }

app.post('/narrowed', { config }, async (request, reply) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
  const { event, payload } = request.webhook
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
  expectTrue<Same<typeof request.webhook.rawBody, Uint8Array>>()
  // @ts-expect-error read-only
  request.webhook = undefined
  return reply.code(204).send()
})

app.post(
  '/inline',
  { config: { webhook: { scheme: visibuild(), secret, onRejected: ({ code }) => console.error(code) } } },
  (request, reply) => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
    reply.code(204).send()
  },
)

interface Custom {
  readonly event: 'quiz.finished'
  readonly payload: { readonly score: number }
}
app.post('/inline-custom', { config: { webhook: { scheme: visisto(), secret } } }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisistoEvent>>>()
})
app.post('/inline-named', { config: { webhook: { scheme: visisto<Custom>(), secret } } }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisistoEvent | Custom>>>()
})
app.post('/inline-github', { config: { webhook: { scheme: github(), secret } } }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<GithubEvent>>>()
})
interface Payloads {
  push: { readonly ref: string }
}
app.post(
  '/inline-payloads',
  { config: { webhook: { scheme: github<Payloads>(), secret, events: ['push', 'release'] } } },
  async ({ webhook: { event, payload } }) => {
    if (event === 'push') expectTrue<Same<typeof payload.ref, string>>()
  },
)

app.post(
  '/frozen',
  { config: { webhook: { scheme: visibuild(), secret } } as const },
  async (request): Promise<void> => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
  },
)

app.post('/without-events', { config: { webhook: { scheme: embeddable(), secret } } }, async (request) => {
  const { email } = request.webhook.payload
  expectTrue<Same<typeof email, string | undefined>>()
  return { ok: true }
})

declare const schema: StandardSchemaV1<unknown, { readonly amount: number }>
app.post('/schema', { config: { webhook: { scheme: embeddable(), secret, schema } } }, async (request) => {
  expectTrue<Same<typeof request.webhook.payload, { readonly amount: number }>>()
})

app.route({
  method: ['POST', 'PUT'],
  url: '/routed/:tenant',
  bodyLimit: 100_000,
  config: { webhook: { scheme: visibuild(), secret }, ownSetting: 1 },
  preHandler: async (request) => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
  },
  onResponse: (request, _reply, done) => {
    console.log(request.webhook.id)
    done()
  },
  handler: async (request) => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
    expectTrue<Same<typeof request.routeOptions.config.ownSetting, number>>()
  },
})

// With a schema, generics and a type provider of the user.
app.post<{ Params: { tenant: string }; Reply: { ok: boolean } }>(
  '/generic/:tenant',
  { config },
  async (request) => {
    const { tenant } = request.params
    expectTrue<Same<typeof tenant, string>>()
    expectTrue<Same<typeof request.webhook, Delivery>>()
    return { ok: true }
  },
)
interface Provider extends FastifyTypeProvider {
  validator: { readonly provided: true }
}
app
  .withTypeProvider<Provider>()
  .post('/provided', { config, schema: { querystring: { type: 'object' } } }, async (request) => {
    expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
    expectTrue<Same<typeof request.query.provided, true>>()
  })

// In another file: for any route, or narrowed by the type of its config.
const general: RouteHandlerMethod = async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery>>()
}
const narrowed = (request: { webhook: DeliveryOfConfig<typeof config> }) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
}
app.post('/general', { config }, general)
app.post('/narrowed-elsewhere', { config }, async (request) => narrowed(request))
const log: preHandlerAsyncHookHandler = async ({ webhook }) => console.log(webhook.idempotencyKey)
const count: onRequestHookHandler = (_request, _reply, done) => done()
app.post('/hooked', { config, preHandler: [log], onRequest: count }, general)
app.addHook('onResponse', async (request) => console.log(request.webhook.id))
const child: FastifyPluginAsync = async (instance) => {
  instance.post('/child', { config }, async (request) => request.webhook.event)
}
await app.register(child, { prefix: '/below' })

// A route without a webhook keeps its types.
app.get<{ Params: { id: string } }>('/plain/:id', async (request) => {
  const { id } = request.params
  expectTrue<Same<typeof id, string>>()
  return id
})
app.get('/configured', { config: { ownSetting: 1 } }, async (request) => {
  expectTrue<Same<typeof request.routeOptions.config.ownSetting, number>>()
})

// Other servers and loggers.
const secure = fastify({ https: {} })
await secure.register(webhooks, { store: memoryStore() })
secure.post('/secure', { config }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
})
secure.post('/secure-spread', { ...webhook({ scheme: visibuild(), secret }) }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
})
secure.post(
  '/secure-handler',
  webhookHandler({ scheme: visibuild(), secret }, () => undefined),
)
const logged = fastify<Server>({
  serverFactory: (handler) => createServer(handler),
  loggerInstance: {
    ...console,
    fatal: console.error,
    silent: () => undefined,
    level: 'info',
    child: () => app.log,
  },
})
await logged.register(webhooks)
logged.post('/logged', { config }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
})
logged.post('/logged-spread', { ...webhook({ scheme: visibuild(), secret }) }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
})
logged.post(
  '/logged-handler',
  webhookHandler({ scheme: visibuild(), secret }, () => undefined),
)

// The type names that a user needs to declare these parts in other files.
const shared: WebhooksOptions = { store: memoryStore(), leaseMs: 10_000 }
const options: ReceiverOptions<VisibuildEvent> = { scheme: visibuild(), secret }
const handle: WebhookHandler<VisibuildEvent> = ({ id }, { request }: WebhookContext) => [id, request.ip]
const kept: WebhookRoute = webhookHandler(options, handle)
await app.register(webhooks, shared)
app.post('/kept', kept)
app.post('/kept-options', { config: { webhook: options } }, async (request) => {
  expectTrue<Same<typeof request.webhook, Delivery<VisibuildEvent>>>()
})

// @ts-expect-error no scheme
app.post('/no-scheme', { config: { webhook: { secret } } }, general)
// @ts-expect-error no secret
app.post('/no-secret', { config: { webhook: { scheme: visibuild() } } }, general)
// @ts-expect-error options are an object
app.post('/no-object', { config: { webhook: true } }, general)
