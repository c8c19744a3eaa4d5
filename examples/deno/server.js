// Receives the webhooks of five senders, each at POST /webhooks/<scheme>, on Deno.
import { isWebhookError, memoryStore } from '@countersign/core'
import { webhook } from '@countersign/core/fetch'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'

/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */
/** @import { FetchWebhook } from '@countersign/core/fetch' */

/** @type {Map<string, FetchWebhook>} */
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
  const options = { endpoint, scheme, secret, store, onRejected }
  const route = webhook(options, ({ id = null, event = null }) => {
    console.log(JSON.stringify({ handled: endpoint, id, event }))
    return new Response(null, { status: 204 })
  })
  routes.set(`/webhooks/${endpoint}`, route)
}

/** @param {string} name */
function read(name) {
  return Deno.env.get(name) || stop(`${name} is not set; set it to the value in the sender's settings.`)
}

/** @type {(reason: string) => never} */
function stop(reason) {
  console.error(reason)
  Deno.exit(1)
}

const port = Number(Deno.env.get('PORT') || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')
const server = Deno.serve(
  {
    hostname: '127.0.0.1',
    port,
    onListen({ port }) {
      for (const signal of ['SIGTERM', 'SIGINT']) Deno.addSignalListener(signal, () => server.shutdown())
      console.log(`listening on http://127.0.0.1:${port}`)
    },
  },
  (request) => routes.get(new URL(request.url).pathname)?.(request) ?? new Response(null, { status: 404 }),
)
