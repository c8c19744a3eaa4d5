import type { Delivery } from '@countersign/core'
import type { Request } from 'express'

/**
 * Sets `req.body` to the verified payload, for the route and for Nest's `@Body()`. It replaces what a parser put there: a parser
 * chooses by the content type, which is not signed. Bytes stay, as `express.raw()` leaves them.
 */
export function restoreBody(request: Request, { payload }: Delivery): void {
  if (ArrayBuffer.isView(request.body)) return
  // With `_body`, later parsers know that the body has been read.
  Object.assign(request, { body: payload, _body: true })
}
