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
 * Converts each secret to the bytes that sign: the MAC key, the token, or `user:password`. An empty `Uint8Array` is allowed,
 * so that a test can forge with the empty key.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SECRET_INVALID` if there is no secret
 *
 * @example
 * import { standardWebhooks } from '@countersign/core/schemes'
 * import { readKeys } from '@countersign/testing/sender'
 *
 * const [key] = readKeys('whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=', standardWebhooks())
 * console.log(key?.toString()) // 0123456789abcdef0123456789abcdef
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
    refuse('has no secret; check that its environment variable is set')
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
