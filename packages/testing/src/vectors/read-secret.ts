import type { LabelledSecret, SecretValue } from '@countersign/core'
import type { VectorSecret } from './vector-file.js'

/** A vector's secret as a receiver takes it. It runs wherever the contract's routes do, so without Node's `Buffer`. */
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

/** The bytes that base64 stands for. */
export function readBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
