// Receives the webhooks of five senders, each at POST /webhooks/<scheme>, on Bun.
import { isWebhookError, memoryStore } from '@countersign/core'
import { webhook } from '@countersign/core/fetch'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'

/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */
/** @import { FetchWebhook } from '@countersign/core/fetch' */

/** @type {Record<string, FetchWebhook>} */
const routes = {}
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
  const options = { endpoint, scheme, secret, store, onRejected }
  routes[`/webhooks/${endpoint}`] = webhook(options, ({ id = null, event = null }) => {
    console.log(JSON.stringify({ handled: endpoint, id, event }))
    return new Response(null, { status: 204 })
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

const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')
const server = Bun.serve({
  hostname: '127.0.0.1',
  port,
  routes,
  fetch: () => new Response(null, { status: 404 }),
})
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.stop())
console.log(`listening on http://127.0.0.1:${server.port}`)
