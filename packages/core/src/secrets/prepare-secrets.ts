import { checkRuntime, prepareKey } from '#crypto'
import type { MacKey } from '../crypto/mac.js'
import { WebhookConfigurationError } from '../errors.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import { isHmac } from '../schemes/is-hmac.js'
import { retryHorizonMs } from '../schemes/retry-horizon.js'
import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import { readSecret } from './read-secret.js'
import type { LabelledSecret, SecretSet, SecretValue } from './secret-input.js'

/** A secret ready for use. */
export interface PreparedSecret {
  readonly id: string
  /** As it was configured. */
  readonly given: SecretValue
  /** Compared with a token or Basic credentials. */
  readonly bytes: Uint8Array
  /** The MAC key, for HMAC schemes. WebCrypto creates it asynchronously. */
  readonly key: MaybePromise<MacKey> | undefined
  /** When the secret expires, in milliseconds since the epoch. */
  readonly notAfter: number
}

/** Every signature is compared with every secret; this limits the work of one request. */
const maxSecrets = 16
const shortSecretBytes = 16

/**
 * Checks and decodes secrets once, so that requests do not pay for it.
 *
 * @param options.now milliseconds since the epoch, to see whether a secret ends before the retries signed with it
 * @param options.warn gets what is doubtful but not wrong
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SECRET_INVALID`; `ERR_WEBHOOK_OPTION_INVALID` where the runtime has no WebCrypto
 */
export function prepareSecrets(
  secrets: SecretSet | null,
  scheme: SchemeDescriptor,
  { now, warn }: { readonly now: number; readonly warn: (message: string) => void },
): readonly PreparedSecret[] {
  checkRuntime()
  const list = Array.isArray(secrets) ? secrets : [secrets]
  if (list.length === 0 || list.length > maxSecrets) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_SECRET_INVALID',
      `Give one to ${maxSecrets} secrets, not ${list.length} (option "secret", scheme "${scheme.name}").`,
    )
  }
  const prepared = list.map((secret, index) => prepareSecret(secret, String(index), scheme))
  if (new Set(prepared.map(({ id }) => id)).size < prepared.length) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_SECRET_INVALID',
      'Two secrets have the same id; name them apart.',
    )
  }
  if (prepared.some(({ bytes }) => bytes.length < shortSecretBytes)) {
    warn(
      `A secret of scheme "${scheme.name}" has fewer than ${shortSecretBytes} bytes and could be guessed; use 32 random ones.`,
    )
  }
  if (new Set(prepared.map(({ bytes }) => keyText(bytes))).size < prepared.length) {
    warn(`Two secrets of scheme "${scheme.name}" are the same key; remove one.`)
  }
  if (prepared.some(({ notAfter }) => notAfter >= now && notAfter < now + retryHorizonMs(scheme))) {
    warn(
      `A secret of scheme "${scheme.name}" has a notAfter within the time over which the sender retries; what it signed before may come after.`,
    )
  }
  return prepared
}

function prepareSecret(secret: unknown, index: string, scheme: SchemeDescriptor): PreparedSecret {
  const labelled: LabelledSecret | undefined = isLabelled(secret) ? secret : undefined
  const given = (labelled ? labelled.value : secret) as SecretValue
  const bytes = readSecret(given, scheme)
  const { signature } = scheme
  return {
    id: labelled?.id ?? index,
    given,
    bytes,
    key: isHmac(signature) ? prepareKey(signature.algorithm, bytes) : undefined,
    notAfter: readNotAfter(labelled?.notAfter),
  }
}

function isLabelled(secret: unknown): secret is LabelledSecret {
  if (typeof secret !== 'object' || secret === null || !('value' in secret)) return false
  if (!('id' in secret) || typeof secret.id !== 'string' || secret.id === '') {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_SECRET_INVALID',
      'A labelled secret needs an id: { id, value }.',
    )
  }
  return true
}

function readNotAfter(notAfter: Date | number | string | undefined): number {
  if (notAfter === undefined) return Number.POSITIVE_INFINITY
  const time = new Date(notAfter).getTime()
  if (Number.isNaN(time)) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_SECRET_INVALID',
      'notAfter is not a time; give a Date or ISO 8601.',
    )
  }
  return time
}

/** HMAC pads keys with zero bytes, so trailing ones make no difference (RFC 2104). */
function keyText(bytes: Uint8Array): string {
  return bytes.join().replace(/(,0)+$/, '')
}
