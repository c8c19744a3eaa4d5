import type { LabelledSecret, SecretValue } from '@countersign/core'
import type { VectorSecret } from './vector-file.js'

/**
 * Converts a vector's secret for the option `secret` of a receiver. It runs on every runtime, so without Node's `Buffer`.
 *
 * @example
 * import { readSecret } from '@countersign/testing/vectors'
 *
 * console.log(readSecret({ text: 'whsec_abc' })) // whsec_abc
 */
export function readSecret(secret: VectorSecret): SecretValue | LabelledSecret {
  const { id, notAfter } = secret
  const value = readValue(secret)
  if (id === undefined) return value
  return notAfter === undefined ? { id, value } : { id, value, notAfter }
}

function readValue(secret: VectorSecret): SecretValue {
  if ('text' in secret) return secret.text
  if ('base64' in secret) return readBase64(secret.base64)
  return { username: secret.username, password: secret.password }
}

/** Decodes base64. */
export function readBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
