import {
  type BasicCredentials,
  type LabelledSecret,
  type SchemeDescriptor,
  type SecretSet,
  type SecretValue,
  WebhookConfigurationError,
} from '@countersign/core'
import { withoutPrefix } from './secret-prefix.js'

/**
 * The bytes each secret stands for: the MAC key, the token, or `user:password`. Bytes may be empty, so that a test
 * can forge with the empty key.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SECRET_INVALID` where there is no secret at all
 */
export function readKeys(secrets: SecretSet, scheme: SchemeDescriptor): readonly Buffer[] {
  const list: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets]
  if (list.length === 0) refuse('needs at least one secret')
  return list.map((secret) => readKey(isLabelled(secret) ? secret.value : (secret as SecretValue), scheme))
}

function isLabelled(secret: unknown): secret is LabelledSecret {
  return typeof secret === 'object' && secret !== null && 'value' in secret
}

function readKey(value: SecretValue | undefined, scheme: SchemeDescriptor): Buffer {
  if (value === undefined || value === null || value === '')
    refuse('has no secret; is its environment variable set?')
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value !== 'string') return Buffer.from(basicText(value), 'utf8')
  const { encoding = 'utf8', prefix } = scheme.secret ?? {}
  if (scheme.signature.algorithm === 'token' || scheme.signature.algorithm === 'basic')
    return Buffer.from(value, 'utf8')
  if (encoding === 'utf8') return Buffer.from(value, 'utf8')
  return Buffer.from(withoutPrefix(value, prefix), encoding)
}

function basicText({ username, password }: BasicCredentials): string {
  if (username === undefined || password === undefined) refuse('needs both a user name and a password')
  return `${username}:${password}`
}

function refuse(problem: string): never {
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_SECRET_INVALID',
    `The sender ${problem} (option "secret").`,
  )
}
