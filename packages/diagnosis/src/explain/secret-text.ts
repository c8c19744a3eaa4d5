import type { SecretValue } from '@countersign/core'

/** A secret as text; Basic credentials as `user:password`. */
export function secretText(secret: SecretValue): string {
  if (typeof secret === 'string') return secret
  if (secret instanceof Uint8Array) return Buffer.from(secret).toString('utf8')
  return `${secret.username ?? ''}:${secret.password ?? ''}`
}
