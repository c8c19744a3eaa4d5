import type { SecretSet, VerifyOptions } from '@countersign/core'
import type { SignedRequest } from '../sender/signed-request.js'
import type { Vector } from './load-vectors.js'
import { readBase64, readSecret } from './read-secret.js'
import type { RepeatedBytes } from './vector-file.js'

/** The vector's request, as `verify()` and `receive()` take it. */
export function vectorRequest({ request }: Vector): SignedRequest {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: vectorBody(request.body),
  }
}

/** The options under which the vector's result holds: its scheme, secrets, clock, tolerance and limit. */
export function vectorOptions({
  scheme,
  secrets,
  options,
  now,
}: Vector): VerifyOptions & { readonly secret: SecretSet } {
  return { scheme, secret: secrets.map(readSecret), now: () => now, ...options }
}

/** The body's bytes, from base64 or a recipe. It runs in every runtime, so without Node's `Buffer`. */
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
  // Twice as many each time: a million calls for a million bytes would take a while.
  for (let done = once.length; done < bytes.length; done *= 2) bytes.copyWithin(done, 0, done)
  return bytes
}
