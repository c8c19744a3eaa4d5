import type { SchemeDescriptor } from '@countersign/core'
import { freshId } from './fresh-id.js'
import { idPointers } from './id-pointers.js'
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
  return withEvent(scheme, withId(scheme, timed, options), options.event)
}

function withTime(scheme: SchemeDescriptor, payload: unknown, time: SignOptions['timestamp'], now: number) {
  const { timestamp } = scheme
  if (!timestamp || !('json' in timestamp)) return payload
  if (time === undefined && readPointer(payload, timestamp.json) !== undefined) return payload
  const text = writeTime(time ?? now, timestamp.unit)
  const isNumber = typeof time !== 'string' && timestamp.unit !== 'iso8601'
  return writePointer(payload, timestamp.json, isNumber ? Number(text) : text)
}

/** In each place that the scheme has for one: a receiver goes by the first of them, and an older id would hide the new. */
function withId(scheme: SchemeDescriptor, payload: unknown, { id, freshId: isFresh }: SignOptions): unknown {
  if (id === undefined && !isFresh) return payload
  return idPointers(scheme).reduce(
    (rest, pointer) => writePointer(rest, pointer, id ?? freshId(readPointer(rest, pointer))),
    payload,
  )
}

function withEvent(scheme: SchemeDescriptor, payload: unknown, event: string | undefined) {
  const [pointer] = eventPointers(scheme)
  if (event === undefined || pointer === undefined || readEventName(scheme, payload) === event) return payload
  return writePointer(payload, pointer, event)
}

/** The event's name where the payload says it. */
export function readEventName(scheme: SchemeDescriptor, payload: unknown): string | undefined {
  return eventPointers(scheme)
    .map((pointer) => readPointer(payload, pointer))
    .find((name) => typeof name === 'string')
}

function eventPointers({ eventType }: SchemeDescriptor): readonly string[] {
  return [eventType?.json ?? []].flat()
}
