import type { CaptureNote } from './capture.js'

const lf = 0x0a
const cr = 0x0d
const maxSizeLine = 4096

/**
 * Puts a chunked body together (RFC 9112 section 7.1). Chunk extensions and trailers are passed over.
 *
 * @returns undefined where the bytes are not framed as chunks
 */
export function decodeChunks(
  bytes: Buffer,
): { readonly body: Uint8Array; readonly notes: readonly CaptureNote[] } | undefined {
  const parts: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    const feed = bytes.subarray(at, at + maxSizeLine).indexOf(lf)
    const line = bytes.toString('latin1', at, feed < 0 ? at + maxSizeLine : at + feed)
    const size = /^[0-9a-f]{1,8}(?=[ \t\r;]|$)/i.exec(line)?.[0]
    if (size === undefined) return undefined
    if (feed < 0) break
    at += feed + 1
    const length = Number.parseInt(size, 16)
    if (length === 0) return { body: Buffer.concat(parts), notes: ['chunked'] }
    parts.push(bytes.subarray(at, at + length))
    at += length
    if (at < bytes.length && bytes[at] !== cr && bytes[at] !== lf) return undefined
    at += bytes[at] === cr ? 2 : 1
  }
  // The last chunk, of length 0, has not come.
  return parts.length === 0 ? undefined : { body: Buffer.concat(parts), notes: ['chunked', 'cut-off'] }
}
