// The function as it is deployed: receives the webhooks of five senders, each at POST /webhooks/<scheme>.
import { memoryStore } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import { webhook } from '@countersign/lambda'

/** @import { HookInfo, Scheme, SecretInput } from '@countersign/core' */
/** @import { HttpApiEvent, LambdaWebhook } from '@countersign/lambda' */

/** @type {Map<string, LambdaWebhook>} */
const webhooks = new Map()
// Each execution environment has its own memory. In production, use a store that all of them share.
const store = memoryStore()

receive(visisto(), read('VISISTO_SECRET'))
receive(fingerprintingApi({ event: 'NEW_VISIT' }), read('FINGERPRINTING_API_SECRET'))
receive(embeddable(), read('EMBEDDABLE_SECRET'))
receive(visibuild(), read('VISIBUILD_SECRET'))
receive(scratcher(), { username: read('SCRATCHER_USERNAME'), password: read('SCRATCHER_PASSWORD') })

/** @type {LambdaWebhook<HttpApiEvent>} */
export async function handler(event, context) {
  const receiveWebhook = webhooks.get(event.rawPath)
  return receiveWebhook ? receiveWebhook(event, context) : { statusCode: 404, body: '' }
}

/** @type {(scheme: Scheme, secret: SecretInput) => void} */
function receive(scheme, secret) {
  const endpoint = scheme.name
  /** @param {HookInfo} info */
  const onRejected = ({ code }) => console.error(`refused: ${endpoint} ${code}`)
  webhooks.set(
    `/webhooks/${endpoint}`,
    webhook({ endpoint, scheme, secret, store, onRejected }, ({ id = null, event = null }) => {
      console.log(JSON.stringify({ handled: endpoint, id, event }))
      return { statusCode: 204, body: '' }
    }),
  )
}

/** @param {string} name */
function read(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; set it to the value in the sender's settings.`)
  return value
}
