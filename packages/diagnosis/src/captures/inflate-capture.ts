import { gunzipSync } from 'node:zlib'
import type { Capture } from './capture.js'

/** Limits decompression bombs: a small body can inflate until memory runs out. */
export const maxOutputLength = 64 * 1024 * 1024
const ofSent: ReadonlySet<string> = new Set(['content-encoding', 'content-length'])

/** Whether the bytes start with the magic number of gzip (RFC 1952, section 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Decompresses gzip, up to 64 MiB; undefined if the data is invalid or larger. */
export function gunzip(bytes: Uint8Array): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength })
  } catch {
    return undefined
  }
}

/**
 * The capture with its gzip body decompressed, without the headers that describe the compressed body.
 *
 * @returns undefined if the body is not valid gzip
 */
export function inflateCapture(capture: Capture): Capture | undefined {
  const body = isGzip(capture.body) ? gunzip(capture.body) : undefined
  if (!body) return undefined
  return { ...capture, headers: capture.headers.filter(([name]) => !ofSent.has(name.toLowerCase())), body }
}
