// A user's program in ESM. It prints the result of one delivery.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { isWebhookError, memoryStore, verify } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/express'
import { createSender } from '@countersign/testing'
import express from 'express'

process.env.VISIBUILD_SECRET = 'a-secret-of-thirty-two-characters'

const handled: string[] = []
const app = express()
app.post(
  '/webhooks/visibuild',
  webhook({
    endpoint: 'tickets',
    store: memoryStore(),
    scheme: visibuild(),
    secret: process.env.VISIBUILD_SECRET,
  }),
  (req, res) => {
    const { event, payload } = req.webhook
    if (event === 'ticket.status_changed') {
      const to: string = payload.data.change.to
      handled.push(to)
    }
    res.sendStatus(204)
  },
)

const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const sender = createSender({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
const payload = {
  id: 'evt-1',
  type: 'ticket.status_changed',
  data: { ticket: {}, change: { from: 'open', to: 'closed', changedAt: '2026-03-17T09:00:00Z' } },
}
const { status } = await sender.send({ url: `http://127.0.0.1:${port}/webhooks/visibuild`, payload })
server.close()
server.closeAllConnections()

const options = { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }
const refusal = await verify(
  { method: 'POST', url: '/', headers: {}, body: new Uint8Array() },
  options,
).catch((error: unknown) => error)
console.log(JSON.stringify({ status, handled, code: isWebhookError(refusal) ? refusal.code : 'none' }))
