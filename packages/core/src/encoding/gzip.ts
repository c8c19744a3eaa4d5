import { joinBytes } from './join-bytes.js'

/** Whether the bytes begin as a gzip file does (RFC 1952, section 2.3.1). No JSON, and no form, begins so. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/**
 * Decompresses, holding no more than the limit and one piece of the stream.
 *
 * @returns undefined where more bytes than `maxBytes` come out
 * @throws whatever the platform throws for bytes that are not gzip
 */
export async function inflateGzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array | undefined> {
  const stream = new DecompressionStream('gzip')
  const writer = stream.writable.getWriter()
  // What fails there, fails at the reader too, which is awaited.
  writer.write(bytes).catch(() => undefined)
  writer.close().catch(() => undefined)
  const reader = stream.readable.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > maxBytes) {
      reader.cancel().catch(() => undefined)
      return undefined
    }
    pieces.push(value)
  }
  return joinBytes(pieces)
}
