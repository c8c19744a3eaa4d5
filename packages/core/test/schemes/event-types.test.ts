import { createHmac } from 'node:crypto'
import { type VerifiedDelivery, verify } from '@countersign/core'
import {
  type UnknownEventName,
  type VisibuildEvent,
  type VisibuildTicketCreated,
  type VisibuildTicketStatusChanged,
  visibuild,
} from '@countersign/core/schemes'
import { describe, expect, expectTypeOf, it } from 'vitest'

const secret = '2f9a31c08e5b4d7f9d0a6c1e8b7f4a53'

/** A delivery as a handler gets it. */
function deliver(payload: object): Promise<VerifiedDelivery<VisibuildEvent>> {
  const body = JSON.stringify(payload)
  const signature = createHmac('sha256', secret).update(`1.${body}`).digest('hex')
  const headers = { 'x-visibuild-timestamp': '1', 'x-visibuild-signature': `sha256=${signature}` }
  const request = { method: 'POST', url: '/', headers, body: Buffer.from(body) }
  return verify(request, { scheme: visibuild(), secret, now: () => 1000 })
}

const statusChanged = {
  id: 'e',
  type: 'ticket.status_changed',
  data: { ticket: {}, change: { to: 'closed' } },
}

describe('the payload is narrowed by the event', () => {
  it('with an if', async () => {
    const delivery = await deliver(statusChanged)
    expect.assertions(1)
    if (delivery.event === 'ticket.status_changed') {
      expectTypeOf(delivery.payload).toEqualTypeOf<VisibuildTicketStatusChanged>()
      expectTypeOf(delivery.rawBody).toEqualTypeOf<Uint8Array>()
      expect(delivery.payload.data.change.to).toBe('closed')
    }
  })

  it('with a switch over destructured variables', async () => {
    const { event, payload } = await deliver(statusChanged)
    expect.assertions(1)
    switch (event) {
      case 'ticket.created':
        expectTypeOf(payload).toEqualTypeOf<VisibuildTicketCreated>()
        break
      case 'ticket.status_changed':
        expectTypeOf(payload).toEqualTypeOf<VisibuildTicketStatusChanged>()
        expect(payload.data.change.to).toBe('closed')
        break
      case 'ticket.updated':
      case 'ticket.comment_added':
      case 'ticket.archived':
        expectTypeOf(payload.data.ticket?.title).toEqualTypeOf<string | undefined>()
        break
      default:
        expectTypeOf(event).toEqualTypeOf<UnknownEventName | undefined>()
        expectTypeOf(payload).toEqualTypeOf<unknown>()
    }
  })

  it('and an event that the types do not list reaches the default branch', async () => {
    const delivery = await deliver({ id: 'e', type: 'ticket.reopened', data: 1 })
    expect.assertions(2)
    switch (delivery.event) {
      case 'ticket.created':
        expectTypeOf(delivery.payload).toEqualTypeOf<VisibuildTicketCreated>()
        break
      default: {
        const name: string | undefined = delivery.event
        expect(name).toBe('ticket.reopened')
        expect(delivery.payload).toMatchObject({ data: 1 })
      }
    }
  })
})
