import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import { gunzip, isGzip } from '../../../captures/inflate-capture.js'
import { megabyte, type Undo, type Undone } from '../undo.js'

/** A small body can stand for one that fills the memory. */
const maxOutputLength = 64 * megabyte

/** The sender compressed what it had signed; or something on the way decompressed what was signed compressed. */
export const compression: Undo = {
  dimension: 'container',
  maxBytes: 64 * megabyte,
  *undo(bytes, { contentEncoding, sentBody }) {
    // A receiver takes off one layer of gzip, where its scheme says so.
    if (sentBody && isGzip(sentBody)) yield { bytes: sentBody, cause: 'body.gzip-as-sent', cost: 1 }
    if (isGzip(bytes)) {
      yield* layersOf(bytes, sentBody !== undefined)
      return
    }
    if (bytes[0] === 0x78) yield* attempt('body.compressed', 1, () => inflateSync(bytes, { maxOutputLength }))
    // The others begin with nothing of their own; text is none of them.
    const isLikely = isBinary(bytes)
    if (isLikely || contentEncoding.includes('deflate'))
      yield* attempt('body.compressed', 1, () => inflateRawSync(bytes, { maxOutputLength }))
    if (isLikely || contentEncoding.includes('br'))
      yield* attempt('body.compressed', 1, () => brotliDecompressSync(bytes, { maxOutputLength }))
    if (contentEncoding === '' || contentEncoding === 'identity' || bytes.length > megabyte) return
    for (const level of [6, 9, 1]) yield* attempt('body.decompressed', 1.2, () => gzipSync(bytes, { level }))
    for (const level of [6, 9]) yield* attempt('body.decompressed', 1.3, () => deflateSync(bytes, { level }))
    if (contentEncoding.includes('br') && bytes.length < 64 * 1024)
      yield* attempt('body.decompressed', 1.3, () => brotliCompressSync(bytes))
  },
}

/** What is within gzip, and within gzip in it. */
function* layersOf(bytes: Uint8Array, isInflated: boolean): Generator<Undone> {
  const inner = gunzip(bytes)
  if (!inner) return
  const isTwice = isInflated || isGzip(inner)
  yield { bytes: inner, cause: isTwice ? 'body.gzip-twice' : 'body.gzip-not-decoded', cost: 1 }
  const innermost = isGzip(inner) ? gunzip(inner) : undefined
  if (innermost) yield { bytes: innermost, cause: 'body.gzip-twice', cost: 1.05 }
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
