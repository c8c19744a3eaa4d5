const slabBytes = 8_192
let slab = new ArrayBuffer(slabBytes)
let used = 0

/**
 * Allocates zeroed bytes for a small value that native code will read. Engines store a small typed array inside its object
 * and have to move it before native code can read it, which took longer than comparing two MACs. A view into a larger buffer
 * is not stored inside an object. No bytes are allocated twice.
 */
export function allocateBytes(length: number): Uint8Array {
  if (length > slabBytes / 8) return new Uint8Array(length)
  if (used + length > slabBytes) {
    slab = new ArrayBuffer(slabBytes)
    used = 0
  }
  const bytes = new Uint8Array(slab, used, length)
  used += length
  return bytes
}
