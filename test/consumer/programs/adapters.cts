// The same in CommonJS.
import core = require('@countersign/core')
import fetchAdapter = require('@countersign/core/fetch')
import nodeAdapter = require('@countersign/core/node')
import schemes = require('@countersign/core/schemes')
import fastifyAdapter = require('@countersign/fastify')
import honoAdapter = require('@countersign/hono')
import lambdaAdapter = require('@countersign/lambda')
import fastify = require('fastify')
import hono = require('hono')

const options = { scheme: schemes.visibuild(), secret: 'a-secret-of-thirty-two-characters' }
const handled = (delivery: core.VerifiedDelivery<schemes.VisibuildEvent>) => void delivery.event

const app = fastify()
app.register(fastifyAdapter.webhooks)
app.register(async (child) => {
  child.post('/webhooks/visibuild', fastifyAdapter.webhookHandler(options, handled))
})
const router = new hono.Hono()
router.post('/webhooks/visibuild', honoAdapter.webhookHandler(options, handled))
const receive = fetchAdapter.webhook(options, handled)
export const handler = lambdaAdapter.webhook(options, handled)
export const listener = nodeAdapter.webhookHandler(options, handled)

void (async () => {
  console.log(
    JSON.stringify([
      (await app.inject({ method: 'POST', url: '/webhooks/visibuild' })).statusCode,
      (await router.request('/webhooks/visibuild', { method: 'POST' })).status,
      (await receive(new Request('http://localhost/', { method: 'POST' }))).status,
    ]),
  )
})()
