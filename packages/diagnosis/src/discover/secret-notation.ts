import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import { prefixesOf, readKeys, withoutPrefix } from '@countersign/testing/sender'

type Notation = SchemeDescriptor['secret']

/**
 * How a scheme says that this text stands for this key: nothing for its UTF-8 bytes.
 *
 * @returns undefined where no scheme can say it
 */
export function secretNotation(
  secret: SecretValue,
  key: Uint8Array,
): { readonly secret: NonNullable<Notation> } | Record<string, never> | undefined {
  if (secret instanceof Uint8Array) return Buffer.from(secret).equals(key) ? {} : undefined
  if (typeof secret !== 'string') return undefined
  const isKey = (notation: Notation) => readKeys(secret, probe(notation)).some((read) => read.equals(key))
  if (isKey(undefined)) return {}
  const notations = (['base64', 'hex'] as const).flatMap((encoding) => [
    { encoding },
    ...prefixesOf(secret).map((prefix) => ({ encoding, prefix })),
  ])
  const found = notations.find((notation) => isStrict(secret, notation) && isKey(notation))
  return found && { secret: found }
}

/** Node reads both alphabets of base64 and passes over what is in neither; a receiver does not. */
function isStrict(secret: string, { encoding, prefix }: NonNullable<Notation>): boolean {
  const text = withoutPrefix(secret, prefix)
  return encoding === 'hex' ? /^([0-9a-f]{2})+$/i.test(text) : /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}

function probe(secret: Notation): SchemeDescriptor {
  const signature = { algorithm: 'hmac-sha256', header: 'x', encoding: 'hex' } as const
  return { name: 'probe', signature, ...(secret && { secret }) }
}
