/**
 * Tests the public types with code that must compile, or must not. It never runs: `types.matrix.test.ts` compiles it
 * against the types of both majors.
 */
import type { Delivery, StandardSchemaV1 } from '@countersign/core'
import { embeddable, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import {
  type WebhookContext,
  type WebhookHandler,
  type WebhookMiddleware,
  webhook,
  webhookHandler,
} from '@countersign/express'
import express from 'express'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function expectTrue<T extends true>(proof?: T): void

const app = express()
const secret = process.env.VISIBUILD_SECRET

app.post('/narrowed', webhook({ endpoint: 'tickets', scheme: visibuild(), secret }), async (req, res) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
  const { event, payload } = req.webhook
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
  expectTrue<Same<typeof req.webhook.rawBody, Uint8Array>>()
  expectTrue<Same<typeof res.locals.webhook, Delivery<VisibuildEvent>>>()
  res.sendStatus(204)
})

app.post('/without-events', webhook({ scheme: embeddable(), secret }), (req, res) => {
  const { email } = req.webhook.payload
  expectTrue<Same<typeof email, string | undefined>>()
  res.status(200).json({ ok: true })
})

declare const schema: StandardSchemaV1<unknown, { readonly amount: number }>
app.post('/schema', webhook({ scheme: embeddable(), secret, schema }), (req) => {
  expectTrue<Same<typeof req.webhook.payload, { readonly amount: number }>>()
})

// With other middleware before and after it.
app.post('/raw', express.raw({ type: '*/*' }), webhook({ scheme: visibuild(), secret }), (req) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
})
app.post('/logged', webhook({ scheme: visibuild(), secret }), express.text(), (req) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
})
app.use('/used', webhook({ scheme: visibuild(), secret }))
const router = express.Router()
router.route('/routed/:tenant').post(webhook({ scheme: visibuild(), secret }), (req) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
  req.params.tenant
})

// In lists.
app.post('/list', [webhook({ scheme: visibuild(), secret })], (req, res) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
  expectTrue<Same<typeof res.locals.webhook, Delivery<VisibuildEvent>>>()
  const { event, payload } = req.webhook
  if (event === 'ticket.status_changed') payload.data.change.from.toUpperCase()
})
app.post('/list/:tenant', [express.raw({ type: '*/*' }), webhook({ scheme: visibuild(), secret })], (req) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
  expectTrue<Same<typeof req.params.tenant, string>>()
})
app.post('/one-list', [
  webhook({ scheme: visibuild(), secret }),
  (req: express.Request, _res: express.Response, next: express.NextFunction) => next(req.webhook?.id),
])
app.post('/list-of-handlers', webhook({ scheme: visibuild(), secret }), [
  (req, _res, next) => {
    expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
    next()
  },
  (req, res) => {
    expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
    res.sendStatus(204)
  },
])
const guards = [webhook({ scheme: visibuild(), secret })]
app.post('/kept-list', guards, (req) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
})
router.post(
  '/router-list',
  [webhook({ scheme: visibuild(), secret })],
  [
    (req, res) => {
      expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
      res.sendStatus(204)
    },
  ],
)
router.route('/routed-list').post([webhook({ scheme: visibuild(), secret })], (req) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
})
router
  .route('/routed-behind/:tenant')
  .post(express.raw(), webhook({ scheme: visibuild(), secret }), (req) => {
    expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
    expectTrue<Same<typeof req.params.tenant, string>>()
  })
app.use(webhook({ scheme: visibuild(), secret }), (req) => {
  expectTrue<Same<typeof req.webhook, Delivery<VisibuildEvent>>>()
})
app.use((req, _res, next) => {
  expectTrue<Same<typeof req.webhook, Delivery | undefined>>()
  next()
})
router.use(webhook({ scheme: visibuild(), secret }))
router.use([webhook({ scheme: visibuild(), secret })])
router.use('/below', [express.raw(), webhook({ scheme: visibuild(), secret })])
app.use('/mounted', [webhook({ scheme: visibuild(), secret })], router)
app.all('/all', [webhook({ scheme: visibuild(), secret })], (req) => req.webhook.event)
const mixed = [express.raw(), webhook({ scheme: visibuild(), secret })]
// TypeScript cannot infer types from such lists, so the route states its own.
app.post('/mixed-list', mixed, (req: express.Request) => {
  expectTrue<Same<typeof req.webhook, Delivery | undefined>>()
})
app.post('/between', express.raw(), [webhook({ scheme: visibuild(), secret })], (req: express.Request) => {
  expectTrue<Same<typeof req.webhook, Delivery | undefined>>()
})
app.post('/plain-list', [express.raw(), express.text()], (req: express.Request) => {
  expectTrue<Same<typeof req.webhook, Delivery | undefined>>()
})
app.post('/failing', webhook({ scheme: visibuild(), secret }), [
  (error: Error, _req: express.Request, _res: express.Response, next: express.NextFunction) => next(error),
])

// A route without a webhook keeps its types, and its req.webhook may be undefined.
app.get('/plain/:id', (req, res) => {
  const { id } = req.params
  expectTrue<Same<typeof id, string>>()
  expectTrue<Same<typeof req.webhook, Delivery | undefined>>()
  // @ts-expect-error it may be undefined
  req.webhook.payload
  res.send(req.webhook?.id)
})
const logger: express.RequestHandler = (req, _res, next) => {
  console.log(req.webhook?.idempotencyKey)
  next()
}
app.use(logger)
app.post('/then-logged', webhook({ scheme: visibuild(), secret }), logger)

app.post(
  '/handler',
  webhookHandler(
    { scheme: visibuild(), secret },
    async ({ event, payload, attempt, signal }, { req, res }) => {
      if (event === 'ticket.archived') expectTrue<Same<typeof payload.type, 'ticket.archived'>>()
      expectTrue<Same<typeof attempt, number>>()
      expectTrue<Same<typeof signal, AbortSignal>>()
      expectTrue<Same<typeof req, express.Request>>()
      expectTrue<Same<typeof res, express.Response>>()
    },
  ),
)
app.post(
  '/bare',
  webhookHandler({ scheme: embeddable(), secret }, (delivery) => delivery.payload.name),
)

// The type names that a user needs to declare these parts in other files.
const kept: WebhookMiddleware<VisibuildEvent> = webhook({ scheme: visibuild(), secret })
const handle: WebhookHandler<VisibuildEvent> = ({ id }, { req }: WebhookContext) => [id, req.ip]
app.post('/kept', kept, (req) => req.webhook.event)
app.post('/kept-handler', webhookHandler({ scheme: visibuild(), secret }, handle))

// @ts-expect-error no scheme
webhook({ secret })
// @ts-expect-error nothing skips verification
webhook({ scheme: visibuild(), secret, skipVerification: true })
// @ts-expect-error a handler form without a handler
webhookHandler({ scheme: visibuild(), secret })
