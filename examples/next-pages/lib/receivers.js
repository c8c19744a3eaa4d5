// The receivers of five senders. Their routes are in pages/api/webhooks.
import { memoryStore } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import { withWebhook } from '@countersign/next/pages'

/** @import { Scheme, SecretInput } from '@countersign/core' */
/** @import { WebhookRoute } from '@countersign/next/pages' */

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
  return withWebhook(
    {
      endpoint,
      scheme,
      secret,
      store,
      onRejected: ({ code }) => console.error(`refused: ${endpoint} ${code}`),
    },
    (req, res) => {
      const { id = null, event = null } = req.webhook
      console.log(JSON.stringify({ handled: endpoint, id, event }))
      res.status(204).end()
    },
  )
}
