import { type SendRequestOptions, type SentResponse, sendRequest } from '../http/send-request.js'
import type { Vector } from './load-vectors.js'
import { vectorRequest } from './read-vector.js'

/**
 * Sends a vector over real HTTP, its headers exactly as they stand, repeated ones too. The receiver must be set up
 * with `vectorOptions(vector)`. Vectors with `transport: 'direct'` cannot be sent.
 *
 * @param target the receiver's URL; a query the vector has is put behind it
 * @throws Error when there is no answer, or the vector cannot travel over HTTP
 */
export async function sendVector(
  vector: Vector,
  target: string | URL,
  options: SendRequestOptions = {},
): Promise<SentResponse> {
  if (vector.transport === 'direct') {
    throw new Error(`${vector.file} tcId ${vector.tcId} cannot be sent over HTTP (transport: direct).`)
  }
  const request = vectorRequest(vector)
  const url = new URL(target)
  const query = request.url.indexOf('?')
  if (query >= 0) url.search = request.url.slice(query)
  return sendRequest({ ...request, url: url.href }, options)
}
