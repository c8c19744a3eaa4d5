import type { SecretSet, VerifyOptions } from '@countersign/core'
import type { SignedRequest } from '../sender/signed-request.js'
import type { Vector } from './load-vectors.js'
import { readBase64, readSecret } from './read-secret.js'
import type { RepeatedBytes } from './vector-file.js'

/**
 * Returns a vector's request for `verify()` and `receive()`.
 *
 * @example
 * import { verify } from '@countersign/core'
 * import { loadVectors, vectorOptions, vectorRequest } from '@countersign/testing'
 *
 * const vectors = await loadVectors('test-vectors/vectors/github.json')
 * const vector = vectors.find(({ result }) => result === 'valid')
 * if (vector) console.log(await verify(vectorRequest(vector), vectorOptions(vector)))
 */
export function vectorRequest({ request }: Vector): SignedRequest {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: vectorBody(request.body),
  }
}

/**
 * Returns the options for `verify()` with which a vector has its stated result: scheme, secrets, clock, tolerance and size
 * limit.
 *
 * @example
 * import { createReceiver } from '@countersign/core'
 * import { loadVectors, vectorOptions } from '@countersign/testing'
 *
 * const [vector] = await loadVectors('test-vectors/vectors/github.json')
 * if (vector) createReceiver(vectorOptions(vector))
 */
export function vectorOptions({
  scheme,
  secrets,
  options,
  now,
}: Vector): VerifyOptions & { readonly secret: SecretSet } {
  return { scheme, secret: secrets.map(readSecret), now: () => now, ...options }
}

/**
 * Decodes a vector's body, from base64 or from repeated parts. It runs on every runtime, so without Node's `Buffer`.
 *
 * @example
 * import { vectorBody } from '@countersign/testing'
 *
 * console.log(vectorBody([{ repeat: 'IA==', times: 1_000_000 }]).length) // 1000000
 */
export function vectorBody(body: string | readonly RepeatedBytes[]): Uint8Array {
  if (typeof body === 'string') return readBase64(body)
  const parts = body.map(repeatBytes)
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    joined.set(part, end)
    end += part.length
  }
  return joined
}

function repeatBytes({ repeat, times }: RepeatedBytes): Uint8Array {
  const once = readBase64(repeat)
  const bytes = new Uint8Array(once.length * times)
  bytes.set(once)
  // Doubles the copied part each time, which needs 20 steps for a million bytes.
  for (let done = once.length; done < bytes.length; done *= 2) bytes.copyWithin(done, 0, done)
  return bytes
}
