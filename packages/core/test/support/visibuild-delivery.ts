import { createHmac } from 'node:crypto'
import type { WebhookRequest } from '@countersign/core'

export const secret = 'a-signing-secret-of-32-characters'
export const nowMs = Date.parse('2026-03-17T09:00:00Z')

export interface DeliveryParts {
  readonly body?: Uint8Array | string
  readonly id?: string
  readonly type?: string
  readonly timestamp?: string
  readonly deliveryId?: string
  readonly signWith?: string
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>
}

/** A delivery as Visibuild sends it, signed with node:crypto alone. */
export function visibuildDelivery(
  parts: DeliveryParts = {},
): WebhookRequest & { headers: Record<string, string> } {
  const {
    id = 'event-1',
    type = 'ticket.created',
    timestamp = String(nowMs / 1000),
    deliveryId = 'delivery-1',
  } = parts
  const body = Buffer.from(parts.body ?? JSON.stringify({ id, type, data: { ticket: { id: 't1' } } }))
  const mac = createHmac('sha256', parts.signWith ?? secret)
    .update(Buffer.concat([Buffer.from(`${timestamp}.`, 'latin1'), body]))
    .digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-visibuild-signature': `sha256=${mac}`,
    'x-visibuild-timestamp': timestamp,
    'x-visibuild-delivery': deliveryId,
    'x-visibuild-event': type,
    ...parts.headers,
  }
  return { method: 'POST', url: '/webhooks/visibuild', headers: headers as Record<string, string>, body }
}

/** The sender's attempt of this number: signed anew, a second after the one before. */
export function visibuildAttempt(number: number, parts: DeliveryParts = {}) {
  return visibuildDelivery({ ...parts, timestamp: String(nowMs / 1000 + number - 1) })
}

/** A handler for deliveries that must not reach one. */
export function neverRuns(): never {
  throw new Error('the handler ran')
}
