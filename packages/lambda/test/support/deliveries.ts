import { visibuild } from '@countersign/core/schemes'
import { createSender, type SignedRequest } from '@countersign/testing'
import type { ReceivedRequest } from './received-request.js'

export const secret = 'visibuild-test-secret-of-32-chars'
export const sender = createSender({ scheme: visibuild(), secret })

/** The sender's next attempt at a delivery: the same body, signed a second later. */
export function signAgain({ body }: { readonly body: Uint8Array }): SignedRequest {
  return sender.sign({ body, timestamp: Date.now() + 1000 })
}

/** A signed delivery as a gateway receives it, to `/hook` by default. */
export function receivedDelivery(signed: SignedRequest = sender.sign(), target = '/hook'): ReceivedRequest {
  const [path = '/', query = ''] = target.split('?')
  return { method: 'POST', path, query, headers: signed.headers, body: Buffer.from(signed.body) }
}
