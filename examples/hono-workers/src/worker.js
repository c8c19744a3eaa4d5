// Receives the webhooks of five senders, each at POST /webhooks/<scheme>, in a Worker.
import { env } from 'cloudflare:workers'
import { memoryStore } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import { webhook } from '@countersign/hono'
import { Hono } from 'hono'

/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */

const app = new Hono()
const store = memoryStore()

receive(visisto(), read('VISISTO_SECRET'))
receive(fingerprintingApi({ event: 'NEW_VISIT' }), read('FINGERPRINTING_API_SECRET'))
receive(embeddable(), read('EMBEDDABLE_SECRET'))
receive(visibuild(), read('VISIBUILD_SECRET'))
receive(scratcher(), { username: read('SCRATCHER_USERNAME'), password: read('SCRATCHER_PASSWORD') })

/** @type {(scheme: Scheme, secret: SecretInput) => void} */
function receive(scheme, secret) {
  const endpoint = scheme.name
  /** @param {HookInfo} info */
  const onRejected = ({ code }) => console.error(`refused: ${endpoint} ${code}`)
  app.post(`/webhooks/${endpoint}`, webhook({ endpoint, scheme, secret, store, onRejected }), (c) => {
    const { id = null, event = null } = c.get('webhook')
    console.log(JSON.stringify({ handled: endpoint, id, event }))
    return c.body(null, 204)
  })
}

/** @param {string} name */
function read(name) {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set; set it to the value in the sender's settings.`)
  return value
}

export default app
