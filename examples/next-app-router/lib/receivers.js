// The receivers of five senders. Their routes are in app/webhooks.
import { memoryStore } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import { webhook } from '@countersign/next'

/** @import { Scheme, SecretInput } from '@countersign/core' */
/** @import { WebhookRoute } from '@countersign/next' */

const store = memoryStore()
const { env } = process

export const receiveVisisto = receive(visisto(), env.VISISTO_SECRET)
export const receiveFingerprintingApi = receive(
  fingerprintingApi({ event: 'NEW_VISIT' }),
  env.FINGERPRINTING_API_SECRET,
)
export const receiveEmbeddable = receive(embeddable(), env.EMBEDDABLE_SECRET)
export const receiveVisibuild = receive(visibuild(), env.VISIBUILD_SECRET)
export const receiveScratcher = receive(scratcher(), {
  username: env.SCRATCHER_USERNAME ?? '',
  password: env.SCRATCHER_PASSWORD ?? '',
})

/** @type {(scheme: Scheme, secret: SecretInput) => WebhookRoute} */
function receive(scheme, secret) {
  const endpoint = scheme.name
  return webhook(
    {
      endpoint,
      scheme,
      secret,
      store,
      onRejected: ({ code }) => console.error(`refused: ${endpoint} ${code}`),
    },
    ({ id = null, event = null }) => {
      console.log(JSON.stringify({ handled: endpoint, id, event }))
      return new Response(null, { status: 204 })
    },
  )
}
