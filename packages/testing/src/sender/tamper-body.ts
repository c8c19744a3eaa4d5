import type { SignedRequest } from './signed-request.js'

/** The same delivery with one bit of its body flipped after signing; an empty body gets one byte. */
export function tamperBody(request: SignedRequest): SignedRequest {
  const body = Uint8Array.from(request.body.length === 0 ? [0x20] : request.body)
  const middle = request.body.length >> 1
  if (request.body.length > 0) body[middle] = (body[middle] ?? 0) ^ 1
  return { ...request, body }
}
