import type { SchemeDescriptor } from '@countersign/core'
import type { SignOptions } from './sign-options.js'
import { readPointer, writePointer } from './write-pointer.js'
import { writeTime } from './write-time.js'

/**
 * Writes into a payload what the scheme has there: time, delivery id and event. What the payload holds already
 * stands, unless an option says otherwise.
 *
 * @param now milliseconds since the epoch
 */
export function completePayload(
  scheme: SchemeDescriptor,
  payload: unknown,
  options: SignOptions,
  now: number,
): unknown {
  const timed = withTime(scheme, payload, options.timestamp, now)
  return withEvent(scheme, withId(scheme, timed, options.id), options.event)
}

function withTime(scheme: SchemeDescriptor, payload: unknown, time: SignOptions['timestamp'], now: number) {
  const { timestamp } = scheme
  if (!timestamp || !('json' in timestamp)) return payload
  if (time === undefined && readPointer(payload, timestamp.json) !== undefined) return payload
  const text = writeTime(time ?? now, timestamp.unit)
  const isNumber = typeof time !== 'string' && timestamp.unit !== 'iso8601'
  return writePointer(payload, timestamp.json, isNumber ? Number(text) : text)
}

function withId({ deliveryId, eventId }: SchemeDescriptor, payload: unknown, id: string | undefined) {
  if (id === undefined) return payload
  if (deliveryId && 'json' in deliveryId) return writePointer(payload, deliveryId.json, id)
  // Two deliveries that differ in a header alone, which is not signed, are one to a receiver.
  const isNamed = deliveryId !== undefined && readPointer(payload, eventId?.json ?? '') !== undefined
  return eventId === undefined || isNamed ? payload : writePointer(payload, eventId.json, id)
}

function withEvent(scheme: SchemeDescriptor, payload: unknown, event: string | undefined) {
  const [pointer] = eventPointers(scheme)
  if (event === undefined || pointer === undefined || eventIn(scheme, payload) === event) return payload
  return writePointer(payload, pointer, event)
}

/** The event's name where the payload says it. */
export function eventIn(scheme: SchemeDescriptor, payload: unknown): string | undefined {
  return eventPointers(scheme)
    .map((pointer) => readPointer(payload, pointer))
    .find((name) => typeof name === 'string')
}

function eventPointers({ eventType }: SchemeDescriptor): readonly string[] {
  return [eventType?.json ?? []].flat()
}
