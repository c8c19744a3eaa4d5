// Receives the webhooks of five senders, each at POST /webhooks/<scheme>.
import { isWebhookError, memoryStore } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import { webhook } from '@countersign/fastify'
import fastify from 'fastify'

/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */

const app = fastify()
const store = memoryStore()

try {
  receive(visisto(), read('VISISTO_SECRET'))
  receive(fingerprintingApi({ event: 'NEW_VISIT' }), read('FINGERPRINTING_API_SECRET'))
  receive(embeddable(), read('EMBEDDABLE_SECRET'))
  receive(visibuild(), read('VISIBUILD_SECRET'))
  receive(scratcher(), { username: read('SCRATCHER_USERNAME'), password: read('SCRATCHER_PASSWORD') })
} catch (error) {
  if (!isWebhookError(error)) throw error
  stop(error.message)
}

/** @type {(scheme: Scheme, secret: SecretInput) => void} */
function receive(scheme, secret) {
  const endpoint = scheme.name
  /** @param {HookInfo} info */
  const onRejected = ({ code }) => console.error(`refused: ${endpoint} ${code}`)
  app.post(
    `/webhooks/${endpoint}`,
    { ...webhook({ endpoint, scheme, secret, store, onRejected }) },
    async (request, reply) => {
      const { id = null, event = null } = request.webhook
      console.log(JSON.stringify({ handled: endpoint, id, event }))
      return reply.code(204).send()
    },
  )
}

/** @param {string} name */
function read(name) {
  return process.env[name] || stop(`${name} is not set; set it to the value in the sender's settings.`)
}

/** @type {(reason: string) => never} */
function stop(reason) {
  console.error(reason)
  process.exit(1)
}

const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')
try {
  console.log(`listening on ${await app.listen({ port, host: '127.0.0.1' })}`)
} catch (error) {
  stop(`Cannot listen: ${error instanceof Error ? error.message : error}`)
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    // Finishes running requests, and closes what is still open after ten seconds.
    void app.close()
    app.server.keepAliveTimeout = 1
    setTimeout(() => app.server.closeAllConnections(), 10_000).unref()
  })
}
