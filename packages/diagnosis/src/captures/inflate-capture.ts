import { gunzipSync } from 'node:zlib'
import type { Capture } from './capture.js'

/** A small body can stand for one that fills the memory. */
const maxOutputLength = 64 * 1024 * 1024
const ofSent: ReadonlySet<string> = new Set(['content-encoding', 'content-length'])

/** Whether the bytes begin as gzip does (RFC 1952, section 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** What is in gzip, up to 64 MiB; undefined where it cannot be read. */
export function gunzip(bytes: Uint8Array): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength })
  } catch {
    return undefined
  }
}

/**
 * The capture as it was before its sender compressed it, without the headers that tell of the compressed body.
 *
 * @returns undefined where the body is no gzip that can be read
 */
export function inflateCapture(capture: Capture): Capture | undefined {
  const body = isGzip(capture.body) ? gunzip(capture.body) : undefined
  if (!body) return undefined
  return { ...capture, headers: capture.headers.filter(([name]) => !ofSent.has(name.toLowerCase())), body }
}
