import { type SendRequestOptions, type SentResponse, sendRequest } from '../http/send-request.js'
import type { Vector } from './load-vectors.js'
import { vectorRequest } from './read-vector.js'

/**
 * Sends a vector over HTTP with exactly its headers, including repeated ones. Configure the receiver with
 * `vectorOptions(vector)`. Vectors with `transport: 'direct'` cannot be sent.
 *
 * @param target the receiver's URL; the vector's query, if it has one, is added
 * @throws Error if there is no response, or the vector cannot be sent over HTTP
 *
 * @example
 * import { createServer } from 'node:http'
 * import { loadVectors, sendVector } from '@countersign/testing'
 *
 * const server = createServer((_, response) => void response.writeHead(204).end()).listen(3000)
 * const vectors = await loadVectors('test-vectors/vectors/github.json')
 * const vector = vectors.find(({ transport }) => transport !== 'direct')
 * if (vector) console.log((await sendVector(vector, 'http://localhost:3000/hooks')).status)
 * server.close()
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
