/**
 * Returns a copy of a payload with one field set. Only objects are changed: if the payload, or a value along the path, is
 * not an object, it is returned unchanged.
 *
 * @param pointer JSON pointer (RFC 6901); missing objects along the path are created
 *
 * @example
 * import { writePointer } from '@countersign/testing/sender'
 *
 * console.log(writePointer({ type: 'push' }, '/data/id', 'evt_1')) // { type: 'push', data: { id: 'evt_1' } }
 */
export function writePointer(payload: unknown, pointer: string, value: unknown): unknown {
  return writeField(payload, segmentsOf(pointer), value)
}

function writeField(target: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (!isObject(target) || name === undefined) return target
  if (rest.length === 0) return { ...target, [name]: value }
  return { ...target, [name]: writeField(Object.hasOwn(target, name) ? target[name] : {}, rest, value) }
}

/**
 * Reads the value at a JSON pointer (RFC 6901); undefined if there is none.
 *
 * @example
 * import { readPointer } from '@countersign/testing/sender'
 *
 * console.log(readPointer({ data: { id: 'evt_1' } }, '/data/id')) // evt_1
 */
export function readPointer(payload: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (target, name) => (isObject(target) && Object.hasOwn(target, name) ? target[name] : undefined),
    payload,
  )
}

function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
