import { randomUUID } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import { freshId, idPointers, readPointer, writePointer } from '@countersign/testing/sender'

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
