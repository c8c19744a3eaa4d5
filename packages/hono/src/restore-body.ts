import type { HonoRequest } from 'hono'
import { findIncoming } from './find-incoming.js'

/**
 * Lets the route read the verified body with `c.req.json()`, `c.req.raw` and the other readers. It replaces what an earlier middleware
 * left in Hono's body cache: that may not be what was signed.
 */
export function restoreBody(req: HonoRequest, bytes: Uint8Array): void {
  req.bodyCache = {}
  const found = findIncoming(req.raw)
  if (found) {
    // Runtimes without a Buffer never come here.
    const { Buffer: NodeBuffer } = globalThis
    // @hono/node-server reads from here what its host has read already.
    Object.assign(found.incoming, { rawBody: NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.length) })
    return
  }
  try {
    req.raw = new Request(req.raw, { body: bytes })
  } catch {
    // A GET, or not the runtime's own Request: a proxy in Next.js, or @hono/node-server without its global overrides.
    // Hono stores promises in the cache, although its types say otherwise.
    const buffer = Promise.resolve(new Uint8Array(bytes).buffer)
    req.bodyCache = { arrayBuffer: buffer as unknown as ArrayBuffer }
  }
}
