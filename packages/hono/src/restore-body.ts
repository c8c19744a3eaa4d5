import type { HonoRequest } from 'hono'

/**
 * Lets the route read the body that was verified: `c.req.json()`, `c.req.raw` and all others. What an earlier middleware left in
 * Hono's cache of the body gives way to it.
 */
export function restoreBody(req: HonoRequest, bytes: Uint8Array): void {
  req.bodyCache = {}
  try {
    req.raw = new Request(req.raw, { body: bytes })
  } catch {
    // A GET, or not the runtime's own request: a proxy in Next.js, or @hono/node-server without its global objects.
    // Hono keeps promises there, whatever its types say.
    const buffer = Promise.resolve(new Uint8Array(bytes).buffer)
    req.bodyCache = { arrayBuffer: buffer as unknown as ArrayBuffer }
  }
}
