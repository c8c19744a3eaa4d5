const pointerSyntax = /^(?:\/(?:[^~/]|~[01])*)*$/
const arrayIndex = /^(?:0|[1-9][0-9]*)$/

/** Whether the text is a JSON pointer (RFC 6901 section 3): empty, or segments that each begin with `/`. */
export function isJsonPointer(text: string): boolean {
  return pointerSyntax.test(text)
}

/** A scheme uses the same few pointers for every delivery. */
const segmentsOfPointer = new Map<string, readonly string[]>()
const maxPointers = 1_000

function segmentsOf(pointer: string): readonly string[] {
  const known = segmentsOfPointer.get(pointer)
  if (known) return known
  const segments = pointer.split('/').slice(1)
  const names = segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (segmentsOfPointer.size >= maxPointers) segmentsOfPointer.clear()
  segmentsOfPointer.set(pointer, names)
  return names
}

/**
 * Returns the value that a JSON pointer (RFC 6901) refers to. Only own properties count, so that `constructor` or
 * `__proto__` finds nothing unless the payload has a field of that name.
 *
 * @returns undefined if the pointer is invalid or finds nothing
 */
export function readPointer(value: unknown, pointer: string): unknown {
  if (!segmentsOfPointer.has(pointer) && !isJsonPointer(pointer)) return undefined
  let current = value
  for (const name of segmentsOf(pointer)) {
    if (typeof current !== 'object' || current === null || !hasMember(current, name)) return undefined
    current = current[name]
  }
  return current
}

function hasMember(value: object, name: string): value is Record<string, unknown> {
  if (Array.isArray(value) && !arrayIndex.test(name)) return false
  return Object.hasOwn(value, name)
}
