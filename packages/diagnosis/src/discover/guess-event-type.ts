import type { SchemeDescriptor } from '@countersign/core'
import { readPointer } from '@countersign/testing/sender'
import type { Capture } from '../captures/capture.js'
import { senderHeaders } from '../recompute/header-values.js'
import { readPayload } from './read-payload.js'

const headerNames =
  /(^|[-_])(event|topic)([-_]?(type|name|key))?$|(webhook|message|notification|subscription|hook)[-_]?(type|event|topic)$/i
const pointers = [
  '/event/type',
  '/event/event_type',
  '/event_type',
  '/eventType',
  '/event_name',
  '/event',
  '/type',
  '/topic',
  '/webhookEvent',
  '/triggerEvent',
  '/trigger',
  '/meta/event_name',
  '/name',
  '/action',
] as const
/** `order.paid`, `orders/create`, `ORDER_PAID`; not a sentence, a URL, a time or a number. */
const eventName = /^(?!https?:)[A-Za-z][A-Za-z0-9]*([._:/-][A-Za-z0-9]+)*$/

/** Where the captures name their events, in a header or a field or both. */
export function guessEventType(captures: readonly Capture[]): SchemeDescriptor['eventType'] {
  const [first] = captures
  const header = first && senderHeaders(first.headers).find(isEventHeader)?.name
  const payloads = captures.map((capture) => readPayload(capture)?.payload)
  const json = pointers.find((pointer) =>
    payloads.every((payload) => isEventName(readPointer(payload, pointer))),
  )
  if (header === undefined && json === undefined) return undefined
  return { ...(header !== undefined && { header }), ...(json !== undefined && { json }) }
}

function isEventHeader({ name, value }: { readonly name: string; readonly value: string }): boolean {
  return headerNames.test(name) && isEventName(value)
}

function isEventName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 100 && eventName.test(value)
}
