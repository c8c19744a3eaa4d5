import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import { megabyte, type Undo } from '../undo.js'

/** A small body can stand for one that fills the memory. */
const maxOutputLength = 64 * megabyte

/** The sender compressed what it had signed; or something on the way decompressed what was signed compressed. */
export const compression: Undo = {
  dimension: 'container',
  maxBytes: 64 * megabyte,
  *undo(bytes, { contentEncoding }) {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    if (isGzip) yield* attempt('body.gzip-not-decoded', 1, () => gunzipSync(bytes, { maxOutputLength }))
    if (bytes[0] === 0x78) yield* attempt('body.compressed', 1, () => inflateSync(bytes, { maxOutputLength }))
    if (contentEncoding.includes('deflate'))
      yield* attempt('body.compressed', 1, () => inflateRawSync(bytes, { maxOutputLength }))
    // Brotli begins with nothing of its own; text is none.
    if (contentEncoding.includes('br') || (!isGzip && isBinary(bytes)))
      yield* attempt('body.compressed', 1, () => brotliDecompressSync(bytes, { maxOutputLength }))
    if (isGzip || contentEncoding === '' || contentEncoding === 'identity' || bytes.length > megabyte) return
    for (const level of [6, 9, 1]) yield* attempt('body.decompressed', 1.2, () => gzipSync(bytes, { level }))
    for (const level of [6, 9]) yield* attempt('body.decompressed', 1.3, () => deflateSync(bytes, { level }))
    if (contentEncoding.includes('br') && bytes.length < 64 * 1024)
      yield* attempt('body.decompressed', 1.3, () => brotliCompressSync(bytes))
  },
}

function* attempt(cause: string, cost: number, run: () => Buffer) {
  try {
    yield { bytes: run(), cause, cost }
  } catch {
    // It was not this, or it is too much.
  }
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64).some((byte) => byte >= 0x80 || byte < 0x09)
}
