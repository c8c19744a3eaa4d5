/**
 * Tests the public types with code that must compile, or must not. It never runs: the repository's type check compiles it, and Next's
 * own route validator checks the routes in `test/app` when it builds them.
 */
import type { Delivery, StandardSchemaV1 } from '@countersign/core'
import { embeddable, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { type RouteContext, type WebhookHandler, type WebhookRoute, webhook } from '@countersign/next'
import {
  type WebhookApiHandler,
  type WebhookApiRequest,
  webhook as webhookApi,
  withWebhook,
} from '@countersign/next/pages'
import type { NextRequest } from 'next/server.js'
import type { NextApiHandler, NextApiRequest, NextApiResponse } from 'next/types.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function expectTrue<T extends true>(proof?: T): void

const secret = process.env.VISIBUILD_SECRET
declare const schema: StandardSchemaV1<unknown, { readonly amount: number }>

export const POST = webhook(
  { endpoint: 'tickets', scheme: visibuild(), secret },
  async (delivery, context) => {
    expectTrue<Same<typeof delivery, Delivery<VisibuildEvent>>>()
    expectTrue<Same<typeof context.request, NextRequest>>()
    const { event, payload } = delivery
    switch (event) {
      case 'ticket.status_changed':
        payload.data.change.from.toUpperCase()
        // @ts-expect-error no such field
        payload.data.change.nowhere
        break
      case 'ticket.created':
        // @ts-expect-error only a status change says what changed
        payload.data.change.from
        break
      default:
        expectTrue<Same<typeof payload, unknown>>()
    }
    // @ts-expect-error params is a promise
    context.params.tenant
    const { tenant } = await context.params
    expectTrue<Same<typeof tenant, string | string[] | undefined>>()
    return Response.json({ tenant })
  },
)
expectTrue<Same<typeof POST, WebhookRoute>>()

// Next passes the params of the route's own path, or none.
declare const request: NextRequest
void POST(request, { params: Promise.resolve({}) })
void POST(request, { params: Promise.resolve({ tenant: 'acme', rest: ['a'] }) })
// @ts-expect-error Next passes a promise
void POST(request, { params: { tenant: 'acme' } } satisfies { params: object })

webhook({ scheme: embeddable(), secret, schema }, ({ payload }) => {
  expectTrue<Same<typeof payload, { readonly amount: number }>>()
})
const handler: WebhookHandler<VisibuildEvent> = ({ payload }, { params }) => [payload, params]
webhook({ scheme: visibuild(), secret }, handler)
// @ts-expect-error no scheme
webhook({ secret }, handler)

const api: NextApiHandler = webhookApi({ scheme: visibuild(), secret }, async (delivery, { req, res }) => {
  expectTrue<Same<typeof delivery, Delivery<VisibuildEvent>>>()
  expectTrue<Same<typeof req, NextApiRequest>>()
  expectTrue<Same<typeof res, NextApiResponse>>()
})

const wrapped: NextApiHandler = withWebhook({ scheme: visibuild(), secret }, (req, res) => {
  expectTrue<Same<typeof req, WebhookApiRequest<VisibuildEvent>>>()
  const { event, payload } = req.webhook
  if (event === 'ticket.status_changed') payload.data.change.from.toUpperCase()
  // @ts-expect-error the delivery is read-only
  req.webhook = undefined
  res.status(204).end()
})
withWebhook({ scheme: embeddable(), secret, schema }, async (req) => {
  expectTrue<Same<typeof req.webhook.payload, { readonly amount: number }>>()
})
const apiHandler: WebhookApiHandler = (req, res) => res.json({ id: req.webhook.id, query: req.query })
withWebhook({ scheme: visibuild(), secret }, apiHandler)

// Outside a wrapped route there is no delivery.
const plain: NextApiHandler = (req, res) => {
  // @ts-expect-error no such field
  req.webhook
  res.end()
}
export type Used = [typeof api, typeof wrapped, typeof plain, RouteContext]
