// One Express server with the same route three times, in a separate process, so that the client does not use its processor time.
import { memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/express'
import express from 'express'
import { verifyTimestampAndBody } from '../snippets.js'

const secret = process.env.SECRET ?? ''
const app = express()

app.post('/snippet', express.raw({ type: '*/*', limit: '1mb' }), (req, res) => {
  const body = verifyTimestampAndBody(req.headers, req.body, secret)
  if (body === undefined) return void res.sendStatus(401)
  answer(JSON.parse(body), res)
})

app.post(
  '/webhook',
  webhook({ endpoint: 'webhook', scheme: visibuild(), secret, store: memoryStore() }),
  (req, res) => {
    answer(req.webhook.payload, res)
  },
)

app.post(
  '/no-dedupe',
  webhook({ endpoint: 'no-dedupe', scheme: visibuild({ identity: 'none' }), secret }),
  (req, res) => {
    answer(req.webhook.payload, res)
  },
)

/**
 * @param {any} payload
 * @param {express.Response} res
 */
function answer(payload, res) {
  res.sendStatus(payload.type === 'ticket.created' ? 204 : 422)
}

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined })
})
process.on('message', () => process.send?.({ cpuMs: cpuMs() }))
process.on('disconnect', () => process.exit(0))

function cpuMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
