import type { LabelledSecret, SecretSet, SecretValue, VerifyOptions } from '@countersign/core'
import type { SignedRequest } from '../sender/signed-request.js'
import type { Vector } from './load-vectors.js'
import type { RepeatedBytes, VectorSecret } from './vector-file.js'

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
  return { scheme, secret: secrets.map(readVectorSecret), now: () => now, ...options }
}

/** The body's bytes, from base64 or a recipe. */
export function vectorBody(body: string | readonly RepeatedBytes[]): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body, 'base64')
  return Buffer.concat(
    body.map(({ repeat, times }) =>
      Buffer.alloc(Buffer.from(repeat, 'base64').length * times, repeat, 'base64'),
    ),
  )
}

function readVectorSecret(secret: VectorSecret): SecretValue | LabelledSecret {
  const value = secretValue(secret)
  const { id, notAfter } = secret
  if (id === undefined) return value
  return notAfter === undefined ? { id, value } : { id, value, notAfter }
}

function secretValue(secret: VectorSecret): SecretValue {
  if ('text' in secret) return secret.text
  if ('base64' in secret) return Buffer.from(secret.base64, 'base64')
  return { username: secret.username, password: secret.password }
}
