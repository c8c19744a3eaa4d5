// A user's program in CommonJS. It prints the result of one delivery.
import core = require('@countersign/core')
import schemes = require('@countersign/core/schemes')
import countersign = require('@countersign/express')
import testing = require('@countersign/testing')
import express = require('express')

process.env.VISIBUILD_SECRET = 'a-secret-of-thirty-two-characters'

const scheme = schemes.visibuild()
const handled: string[] = []
const app = express()
app.post(
  '/webhooks/visibuild',
  countersign.webhookHandler(
    { endpoint: 'tickets', scheme, secret: process.env.VISIBUILD_SECRET },
    (delivery) => {
      if (delivery.event !== 'ticket.status_changed') return
      const to: string = delivery.payload.data.change.to
      handled.push(to)
    },
  ),
)

const server = app.listen(0, '127.0.0.1', async () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const sender = testing.createSender({ scheme, secret: process.env.VISIBUILD_SECRET })
  const payload = {
    id: 'evt-1',
    type: 'ticket.status_changed',
    data: { ticket: {}, change: { from: 'open', to: 'closed', changedAt: '2026-03-17T09:00:00Z' } },
  }
  const { status } = await sender.send({ url: `http://127.0.0.1:${port}/webhooks/visibuild`, payload })
  server.close()
  server.closeAllConnections()

  const options = { scheme, secret: process.env.VISIBUILD_SECRET }
  const refusal = await core
    .verify({ method: 'POST', url: '/', headers: {}, body: new Uint8Array() }, options)
    .catch((error: unknown) => error)
  console.log(JSON.stringify({ status, handled, code: core.isWebhookError(refusal) ? refusal.code : 'none' }))
})
