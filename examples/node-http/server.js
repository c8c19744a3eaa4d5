// Receives the webhooks of five senders, each at POST /webhooks/<scheme>.
import { createServer } from 'node:http'
import { isWebhookError, memoryStore } from '@countersign/core'
import { webhook } from '@countersign/core/node'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */

/** @type {Map<string | undefined, (request: IncomingMessage, response: ServerResponse) => Promise<void>>} */
const routes = new Map()
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
  const accept = webhook({ endpoint, scheme, secret, store, onRejected })
  routes.set(`/webhooks/${endpoint}`, async (request, response) => {
    const delivery = await accept(request, response)
    // Refused or a repetition: it has been answered.
    if (!delivery) return
    const { id = null, event = null } = delivery
    console.log(JSON.stringify({ handled: endpoint, id, event }))
    response.writeHead(204).end()
  })
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

const server = createServer((request, response) => {
  const route = routes.get(request.url?.split('?')[0])
  if (!route) {
    response.writeHead(404).end()
    return
  }
  route(request, response).catch((error) => {
    console.error(error)
    // A 500 makes the sender retry.
    if (!response.headersSent) response.writeHead(500)
    response.end()
  })
})
server.on('error', (error) => stop(`Cannot listen: ${error.message}`))

const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')
server.listen(port, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`listening on http://127.0.0.1:${address.port}`)
})

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    // Finishes running requests, and closes what is still open after ten seconds.
    server.close()
    server.keepAliveTimeout = 1
    setTimeout(() => server.closeAllConnections(), 10_000).unref()
  })
}
