/**
 * A copy of a payload with one field set. Only objects are written to: a payload that is something else, or has
 * something else on the way, comes back as it is.
 *
 * @param pointer JSON pointer (RFC 6901); missing objects on its way are made
 */
export function writePointer(payload: unknown, pointer: string, value: unknown): unknown {
  return writeField(payload, segmentsOf(pointer), value)
}

function writeField(target: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (!isObject(target) || name === undefined) return target
  if (rest.length === 0) return { ...target, [name]: value }
  return { ...target, [name]: writeField(Object.hasOwn(target, name) ? target[name] : {}, rest, value) }
}

/** The value under a JSON pointer, or undefined. */
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
