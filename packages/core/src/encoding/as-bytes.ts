/**
 * Returns a value's bytes as a `Uint8Array` of this realm, over the same memory; undefined if it is not a `Uint8Array`. Test
 * runners and sandboxes run code in a separate realm with another `Uint8Array` class, so `instanceof` fails for Node's buffers.
 */
export function asBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value
  if (!ArrayBuffer.isView(value) || Object.prototype.toString.call(value) !== '[object Uint8Array]')
    return undefined
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}
