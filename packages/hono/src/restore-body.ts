import type { HonoRequest } from 'hono'

/**
 * Lets the route read the verified body with `c.req.json()`, `c.req.raw` and the other readers. It replaces what an earlier middleware
 * left in Hono's body cache: that may not be what was signed.
 */
export function restoreBody(req: HonoRequest, bytes: Uint8Array): void {
  req.bodyCache = {}
  try {
    req.raw = new Request(req.raw, { body: bytes })
  } catch {
    // A GET, or not the runtime's own Request: a proxy in Next.js, or @hono/node-server without its global overrides.
    // Hono stores promises in the cache, although its types say otherwise.
    const buffer = Promise.resolve(new Uint8Array(bytes).buffer)
    req.bodyCache = { arrayBuffer: buffer as unknown as ArrayBuffer }
  }
}
