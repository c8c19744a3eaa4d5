import { asBytes } from '../encoding/as-bytes.js'
import { decodeBase64 } from '../encoding/base64.js'
import { decodeHex } from '../encoding/hex.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import { WebhookConfigurationError } from '../errors.js'
import { isHmac } from '../schemes/is-hmac.js'
import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import { isPlaceholder } from './is-placeholder.js'
import type { BasicCredentials, SecretValue } from './secret-input.js'

/**
 * Decodes a secret to the key's bytes.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SECRET_INVALID` for a secret that is missing, blank, quoted, a
 * placeholder or not in the scheme's notation. The message never repeats it.
 */
export function readSecret(secret: SecretValue | undefined | null, scheme: SchemeDescriptor): Uint8Array {
  if (secret === undefined || secret === null) {
    return refuse(scheme, 'The secret is missing; is its environment variable set?')
  }
  if (scheme.signature.algorithm === 'custom' && typeof secret !== 'string')
    return refuse(
      scheme,
      'A custom scheme gets its secret as text; give bytes as base64 or hex, and decode them in verify',
    )
  const bytes = asBytes(secret)
  if (bytes) {
    return bytes.length > 0 ? checkKey(Uint8Array.from(bytes), scheme) : refuse(scheme, 'The secret is empty')
  }
  if (typeof secret === 'string') return checkKey(readText(secret, scheme), scheme)
  if (typeof secret === 'object' && 'username' in secret) return readCredentials(secret, scheme)
  return refuse(scheme, 'The secret must be a string, bytes, { id, value } or a list of those')
}

function readText(text: string, scheme: SchemeDescriptor): Uint8Array {
  checkText('The secret', text, scheme)
  const { signature } = scheme
  if (signature.algorithm === 'basic') {
    const colon = text.indexOf(':')
    if (colon < 0) refuse(scheme, 'The secret must be "user:password" or { username, password }')
    return readCredentials({ username: text.slice(0, colon), password: text.slice(colon + 1) }, scheme)
  }
  if (signature.algorithm === 'token' && text.includes(',')) {
    refuse(
      scheme,
      'The token contains a comma, so it looks like a header that was sent twice; choose one without',
    )
  }
  const { encoding, prefix: configured = '' } = scheme.secret ?? { encoding: 'utf8' }
  if (!isHmac(signature) || encoding === 'utf8') return encodeUtf8(text)
  const prefixes = [configured].flat()
  const prefix = prefixes.find((one) => text.startsWith(one)) ?? ''
  const encoded = text.slice(prefix.length)
  const bytes = encoding === 'hex' ? decodeHex(encoded) : decodeBase64(padded(encoded), 'base64')
  if (bytes && bytes.length > 0) return bytes
  return refuse(scheme, `The secret is not ${encoding}${prefix && ` after "${prefix}"`}; copy it whole`)
}

/** HMAC pads keys with zero bytes (RFC 2104), so a key of zeros equals the empty key, and anyone can sign with it. */
function checkKey(key: Uint8Array, scheme: SchemeDescriptor): Uint8Array {
  for (const byte of key) if (byte !== 0) return key
  return refuse(scheme, 'The secret contains only zero bytes, so anyone can sign with it; was it ever set?')
}

function readCredentials({ username, password }: BasicCredentials, scheme: SchemeDescriptor): Uint8Array {
  if (scheme.signature.algorithm !== 'basic')
    refuse(scheme, 'The secret is a user name and password; the scheme is not Basic')
  if (typeof username !== 'string' || typeof password !== 'string') {
    return refuse(scheme, 'The secret needs both username and password; are their environment variables set?')
  }
  checkText('The user name', username, scheme)
  checkText('The password', password, scheme)
  if (username.includes(':')) refuse(scheme, 'The user name has a colon, which Basic cannot carry (RFC 7617)')
  return encodeUtf8(`${username}:${password}`)
}

function checkText(subject: string, text: string, scheme: SchemeDescriptor): void {
  if (text.trim() === '') refuse(scheme, `${subject} is empty`)
  if (text !== text.trim()) refuse(scheme, `${subject} has white space around it; trim it where it is stored`)
  if (/^(["'`]).*\1$/s.test(text))
    refuse(scheme, `${subject} has quotes around it; remove them where it is stored`)
  if (isPlaceholder(text)) refuse(scheme, `${subject} is a placeholder; put the real one in its place`)
  // A public key or a certificate contains line breaks.
  const inLine = scheme.signature.algorithm === 'custom' ? text.replaceAll(/\r?\n/g, '') : text
  if (/\p{Cc}/u.test(inLine)) refuse(scheme, `${subject} holds a control character; copy it again`)
}

/** Secrets are often shown without their padding; the key is the same. */
function padded(base64: string): string {
  return base64.padEnd(Math.ceil(base64.length / 4) * 4, '=')
}

function refuse(scheme: SchemeDescriptor, problem: string): never {
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_SECRET_INVALID',
    `${problem} (option "secret", scheme "${scheme.name}").`,
  )
}
