// A user's program on an edge runtime: no Node types, no Node modules, only what the web platform has.
import { createReceiver, memoryStore, type VerifiedDelivery } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'

const receiver = createReceiver({
  endpoint: 'tickets',
  store: memoryStore(),
  scheme: visibuild(),
  secret: 'a-secret-of-thirty-two-characters',
})

/** Answers a delivery as `fetch` handlers do. */
export async function answer(request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer())
  const { method, url, headers } = request
  const { response } = await receiver.receive({ method, url, headers, body }, (delivery) => {
    statusOf(delivery)
  })
  return new Response(response.body, { status: response.status, headers: response.headers })
}

/** The new status of a ticket. */
export function statusOf(delivery: VerifiedDelivery<VisibuildEvent>): string | undefined {
  return delivery.event === 'ticket.status_changed' ? delivery.payload.data.change.to : undefined
}
