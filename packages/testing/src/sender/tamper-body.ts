import type { SignedRequest } from './signed-request.js'

/**
 * Flips one bit of the body after signing, to test that a receiver refuses it. An empty body becomes a single byte.
 *
 * @returns a copy; the given request is unchanged
 *
 * @example
 * import { github } from '@countersign/core/schemes'
 * import { createSender, tamperBody } from '@countersign/testing'
 *
 * const sender = createSender({ scheme: github(), secret: 'test-secret-of-32-characters-...' })
 * const forged = tamperBody(sender.sign())
 * console.log(Buffer.from(forged.body).toString('latin1'))
 */
export function tamperBody(request: SignedRequest): SignedRequest {
  const body = Uint8Array.from(request.body.length === 0 ? [0x20] : request.body)
  const middle = request.body.length >> 1
  if (request.body.length > 0) body[middle] = (body[middle] ?? 0) ^ 1
  return { ...request, body }
}
