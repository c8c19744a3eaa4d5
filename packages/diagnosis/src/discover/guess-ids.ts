import type { SchemeDescriptor } from '@countersign/core'
import { readPointer } from '@countersign/testing/sender'
import type { Capture } from '../captures/capture.js'
import { idSources } from '../recompute/id-sources.js'
import { readPayload } from './read-payload.js'

/** Names of headers that are the sender's own for a delivery. What proxies add differs from attempt to attempt. */
const deliveryNames =
  /((webhook|message|msg|event|delivery|notification|invocation|transmission)[-_]?(id|uuid|guid|key)|delivery|svix-id|idempotency[-_]?(key|token))$/i

/** Fields that are an event's id by their name. */
const namedPointers = [
  '/event_id',
  '/eventId',
  '/webhookEventId',
  '/notification_id',
  '/notificationId',
] as const
/** Fields that are one only where the value looks it: in many bodies it is the id of a customer or an order. */
const plainPointers = ['/id', '/event/id', '/message_id', '/messageId', '/uuid'] as const
const eventIdValue =
  /^((evt|event|ev|msg|message|whe?|hook|ntf|notification|del)[_-]\w+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$/i

/** Headers that may be the delivery's id, likeliest first. */
export function guessDeliveryIds(captures: readonly Capture[]): readonly { readonly header: string }[] {
  const [first] = captures
  const sources = first ? idSources(first) : []
  return sources
    .flatMap(({ source }) => ('header' in source && deliveryNames.test(source.header) ? [source] : []))
    .filter(({ header }) => differs(captures, (capture) => headerOf(capture, header)))
}

/** The field that may be the event's id. */
export function guessEventId(captures: readonly Capture[]): SchemeDescriptor['eventId'] {
  const payloads = new Map(captures.map((capture) => [capture, readPayload(capture)?.payload]))
  const valueAt = (pointer: string) => (capture: Capture) =>
    idText(readPointer(payloads.get(capture), pointer))
  const fits = (pointer: string, isId: (value: string) => boolean) =>
    captures.every((capture) => isId(valueAt(pointer)(capture) ?? '')) && differs(captures, valueAt(pointer))
  const json =
    namedPointers.find((pointer) => fits(pointer, (value) => value !== '')) ??
    plainPointers.find((pointer) => fits(pointer, (value) => eventIdValue.test(value)))
  return json === undefined ? undefined : { json }
}

function idText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return Number.isSafeInteger(value) ? String(value) : undefined
}

function headerOf({ headers }: Capture, header: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === header.toLowerCase())?.[1]
}

/** An id that stays the same while the body changes is one of something else. */
function differs(captures: readonly Capture[], read: (capture: Capture) => string | undefined): boolean {
  const bodyOf = new Map<string | undefined, Uint8Array>()
  return captures.every((capture) => {
    const id = read(capture)
    const known = bodyOf.get(id)
    bodyOf.set(id, capture.body)
    return known === undefined || Buffer.from(known).equals(capture.body)
  })
}
