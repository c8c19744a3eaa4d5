/**
 * What the types promise to a user, as code that compiles or is expected not to. Never run: `types.test.ts` compiles it
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

// Beside other middleware, before and after it.
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

// A route without a webhook keeps its types; what is not there is not promised.
app.get('/plain/:id', (req, res) => {
  const { id } = req.params
  expectTrue<Same<typeof id, string>>()
  expectTrue<Same<typeof req.webhook, Delivery | undefined>>()
  // @ts-expect-error there may be none
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

// The names a user needs to keep parts of this elsewhere.
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
