/**
 * Freezes the values of an options object, and watches the object itself.
 *
 * @returns a function that returns whether the object is unchanged
 */
export function watchOptions(options: object): () => boolean {
  for (const value of Object.values(options)) freezeDeeply(value)
  const before = Object.getOwnPropertyDescriptors(options)
  const names = Reflect.ownKeys(before)
  return () => {
    const after = Object.getOwnPropertyDescriptors(options)
    if (Reflect.ownKeys(after).length !== names.length) return false
    return names.every((name) => Reflect.get(before, name)?.value === Reflect.get(after, name)?.value)
  }
}

/** Freezes lists and plain objects. Bytes cannot be frozen; functions and stores keep their own state. */
function freezeDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freezeDeeply(inner)
}
