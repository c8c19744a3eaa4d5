import type { Delivery } from '@countersign/core'
import type { Request } from 'express'

/**
 * Lets the route read the verified payload as `req.body`, as Nest's `@Body()` does. What a parser left there gives way to it: a
 * parser goes by the content type, which is not signed. Bytes stay, as `express.raw()` makes them.
 */
export function fillBody(request: Request, { payload }: Delivery): void {
  if (ArrayBuffer.isView(request.body)) return
  // By the second, parsers behind this know that the body was read.
  Object.assign(request, { body: payload, _body: true })
}
