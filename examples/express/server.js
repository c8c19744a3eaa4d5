// Receives the webhooks of five senders, each at POST /webhooks/<scheme>.
import { isWebhookError, memoryStore } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import { webhook } from '@countersign/express'
import express from 'express'

/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */

const app = express()
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
  app.post(`/webhooks/${endpoint}`, webhook({ endpoint, scheme, secret, store, onRejected }), (req, res) => {
    const { id = null, event = null } = req.webhook
    console.log(JSON.stringify({ handled: endpoint, id, event }))
    res.sendStatus(204)
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
const server = app.listen(port, '127.0.0.1', (error) => {
  if (error) stop(`Cannot listen: ${error.message}`)
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
