import { randomInt, randomUUID } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import { readPointer, writePointer } from '../../sender/write-pointer.js'

/** Where the scheme names no place for an id, this field makes each body another. */
const ownField = '/countersign_check'

/** The payload as that of an event that never was: with ids of its own where the scheme has them, else with a field more. */
export function freshPayload(scheme: SchemeDescriptor, payload: unknown): unknown {
  const pointers = idPointers(scheme)
  if (pointers.length === 0) return writePointer(payload, ownField, randomUUID())
  return pointers.reduce(
    (fresh, pointer) => writePointer(fresh, pointer, freshId(readPointer(fresh, pointer))),
    payload,
  )
}

function idPointers({ eventId, deliveryId, identity }: SchemeDescriptor): readonly string[] {
  return [eventId, deliveryId, typeof identity === 'object' ? identity : undefined].flatMap((source) =>
    source && 'json' in source ? source.json : [],
  )
}

/** Of the kind, and with the beginning, of the id it takes the place of: `evt_...` stays one. */
function freshId(id: unknown): string | number {
  if (typeof id === 'number') return randomInt(2 ** 47)
  const prefix = typeof id === 'string' ? /^[A-Za-z]{1,5}_/.exec(id)?.[0] : undefined
  return `${prefix ?? ''}${randomUUID()}`
}
