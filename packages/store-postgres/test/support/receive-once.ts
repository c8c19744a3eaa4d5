import { randomUUID } from 'node:crypto'
import { createReceiver, type DedupeStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'

const secret = 'a secret of a test, of over 32 bytes'

/** What a receiver over the store answers to one delivery whose handler must not run. */
export async function receiveOnce(store: DedupeStore) {
  const scheme = visibuild()
  const receiver = createReceiver({ endpoint: randomUUID(), scheme, secret, store, storeTimeoutMs: 300 })
  const body = JSON.stringify({ id: randomUUID(), type: 'ticket.created', data: {} })
  const started = performance.now()
  const { type, response } = await receiver.receive(createSender({ scheme, secret }).sign({ body }), () => {
    throw new Error('the handler ran')
  })
  return { type, status: response.status, tookMs: performance.now() - started }
}
