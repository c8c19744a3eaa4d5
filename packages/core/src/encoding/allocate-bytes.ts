const slabBytes = 8_192
let slab = new ArrayBuffer(slabBytes)
let used = 0

/**
 * Zeroed bytes for a small value that native code will read. Engines keep a small typed array inside its object and
 * must first move it out when native code asks for its bytes, which took longer than comparing two MACs; a view into a
 * larger buffer is out already. No stretch is handed out twice.
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
