import { decodeBase64 } from '../encoding/base64.js'
import { decodeHex } from '../encoding/hex.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import { WebhookConfigurationError } from '../errors.js'
import { isHmac } from '../schemes/is-hmac.js'
import type { SchemeDescriptor } from '../schemes/scheme.js'
import type { BasicCredentials, SecretValue } from './secret-input.js'

/** What ends up in an environment variable when nobody set it properly. */
const placeholders =
  /^(undefined|null|nan|true|false|none|todo|tbd|fixme|x+|\*+|change[-_ ]?me|replace[-_ ]?me|placeholder|your[-_ ].*(secret|key|token)([-_ ]here)?|<.*>|\$\{?\w+\}?|\[object Object\]|whsec_(\.{3}|x+)?)$/i

/**
 * The key's bytes.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SECRET_INVALID` for a secret that is missing, blank, quoted, a
 * placeholder or not in the scheme's notation. The message never repeats it.
 */
export function readSecret(secret: SecretValue | undefined | null, scheme: SchemeDescriptor): Uint8Array {
  if (secret === undefined || secret === null) {
    return refuse(scheme, 'The secret is missing; is its environment variable set?')
  }
  if (secret instanceof Uint8Array) {
    return secret.length > 0 ? Uint8Array.from(secret) : refuse(scheme, 'The secret is empty')
  }
  if (typeof secret === 'string') return readText(secret, scheme)
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
      'The token holds a comma and could not be told from a header sent twice; choose one without',
    )
  }
  const { encoding, prefix = '' } = scheme.secret ?? { encoding: 'utf8' }
  if (!isHmac(signature) || encoding === 'utf8') return encodeUtf8(text)
  const encoded = text.startsWith(prefix) ? text.slice(prefix.length) : text
  const bytes = encoding === 'hex' ? decodeHex(encoded) : decodeBase64(padded(encoded), 'base64')
  if (bytes && bytes.length > 0) return bytes
  return refuse(scheme, `The secret is not ${encoding}${prefix && ` after "${prefix}"`}; copy it whole`)
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
  if (placeholders.test(text)) refuse(scheme, `${subject} is a placeholder; put the real one in its place`)
  if (/\p{Cc}/u.test(text)) refuse(scheme, `${subject} holds a control character; copy it again`)
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
