import { visibuild } from '@countersign/core/schemes'
import { createSender, type SentResponse, type SignedRequest, sendRequest } from '@countersign/testing'

export const scheme = visibuild()
export const secret = 'hosts-test-secret-of-32-characters'
export const sender = createSender({ scheme, secret })
export const forger = createSender({ scheme, secret: 'some-other-secret-of-32-characters' })

/** Sends over real HTTP, on a new connection. */
export function send(url: string, delivery: SignedRequest = sender.sign()): Promise<SentResponse> {
  return sendRequest({ ...delivery, url })
}
