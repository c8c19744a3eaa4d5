import { randomUUID } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import { freshId, idPointers, readPointer, writePointer } from '@countersign/testing/sender'

/** If the scheme names no field for an id, this one makes each body different. */
const ownField = '/countersign_check'

/** Turns a payload into that of a new event: with new ids if the scheme names any, otherwise with an extra field. */
export function freshPayload(scheme: SchemeDescriptor, payload: unknown): unknown {
  const pointers = idPointers(scheme)
  if (pointers.length === 0) return writePointer(payload, ownField, randomUUID())
  return pointers.reduce(
    (fresh, pointer) => writePointer(fresh, pointer, freshId(readPointer(fresh, pointer))),
    payload,
  )
}
