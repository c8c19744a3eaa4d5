import type { SchemeDescriptor } from '@countersign/core'
import { freshId } from './fresh-id.js'
import { idPointers } from './id-pointers.js'
import type { SignOptions } from './sign-options.js'
import { readPointer, writePointer } from './write-pointer.js'
import { writeTime } from './write-time.js'

/**
 * Adds what the scheme reads from the payload: time, delivery id and event. Existing values are kept unless an option
 * overrides them.
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

/** Writes every id of the scheme: receivers use the first one they find, so an old id would hide the new one. */
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

/** The event's name in the payload; undefined if it has none. */
export function readEventName(scheme: SchemeDescriptor, payload: unknown): string | undefined {
  return eventPointers(scheme)
    .map((pointer) => readPointer(payload, pointer))
    .find((name) => typeof name === 'string')
}

function eventPointers({ eventType }: SchemeDescriptor): readonly string[] {
  return [eventType?.json ?? []].flat()
}
