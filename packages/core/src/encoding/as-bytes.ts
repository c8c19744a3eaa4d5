/**
 * A value's bytes as a `Uint8Array` of this realm, over the same memory; undefined where it holds none. Test runners and sandboxes
 * run code in a realm of its own, whose `Uint8Array` is another class: to `instanceof`, Node's own buffers are no bytes there.
 */
export function asBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value
  if (!ArrayBuffer.isView(value) || Object.prototype.toString.call(value) !== '[object Uint8Array]')
    return undefined
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}
