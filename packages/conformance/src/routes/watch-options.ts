/**
 * Freezes what an options object holds, and remembers the object itself.
 *
 * @returns tells whether it is still what it was
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

/** Lists and plain objects. Bytes cannot be frozen; functions and stores have a life of their own. */
function freezeDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freezeDeeply(inner)
}
