// A user's program on an edge runtime: no Node types and no Node modules, only web standards.
import { memoryStore, type VerifiedDelivery } from '@countersign/core'
import { webhook } from '@countersign/core/fetch'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'

const receive = webhook(
  {
    endpoint: 'tickets',
    store: memoryStore(),
    scheme: visibuild(),
    secret: 'a-secret-of-thirty-two-characters',
  },
  (delivery, { request }) => (statusOf(delivery) ? undefined : new Response(request.url, { status: 202 })),
)

export default {
  fetch(request: Request, _env: unknown, context: { waitUntil(promise: Promise<unknown>): void }) {
    return receive(request, context)
  },
}

/** The new status of a ticket. */
export function statusOf(delivery: VerifiedDelivery<VisibuildEvent>): string | undefined {
  return delivery.event === 'ticket.status_changed' ? delivery.payload.data.change.to : undefined
}
