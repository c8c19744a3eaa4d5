// Receives the webhooks of five senders, each at POST /webhooks/<scheme>.
import { isWebhookError, memoryStore } from '@countersign/core'
import { webhook } from '@countersign/core/node'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import Koa from 'koa'

/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */

const app = new Koa()
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
  app.use(async (ctx, next) => {
    if (ctx.path !== `/webhooks/${endpoint}`) return next()
    const delivery = await accept(ctx.req, ctx.res)
    if (!delivery) {
      // Refused or a repetition: it has been answered.
      ctx.respond = false
      return
    }
    try {
      const { id = null, event = null } = delivery
      console.log(JSON.stringify({ handled: endpoint, id, event }))
      ctx.status = 204
    } catch (error) {
      // Koa answers an error 500, so that the sender retries; but not after the head was sent, or if the sender disconnected.
      if (ctx.headerSent) ctx.req.socket.destroy()
      else if (!ctx.writable) ctx.res.writeHead(500).end()
      throw error
    }
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
const server = app.listen(port, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`listening on http://127.0.0.1:${address.port}`)
})
server.on('error', (error) => stop(`Cannot listen: ${error.message}`))

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    // Finishes running requests, and closes what is still open after ten seconds.
    server.close()
    server.keepAliveTimeout = 1
    setTimeout(() => server.closeAllConnections(), 10_000).unref()
  })
}
