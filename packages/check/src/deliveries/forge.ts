import { randomBytes } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import type { Deliveries } from './deliveries.js'
import { editProof } from './edit-proof.js'

/** A delivery made without knowing the secret. */
export function forgeDelivery(scheme: SchemeDescriptor, deliveries: Deliveries): SignedRequest {
  const key = randomBytes(16).toString('hex')
  if (scheme.signature.algorithm === 'basic') return editProof(scheme, deliveries.make(), () => key)
  const signed = signWithKey(scheme, deliveries, Buffer.from(key, 'utf8'))
  return signed ?? editProof(scheme, deliveries.make(), scramble)
}

/**
 * A delivery signed with another key. Returns undefined if the scheme's own code cannot sign with such a key, for example because
 * it needs one of an asymmetric pair.
 */
export function signWithKey(
  scheme: SchemeDescriptor,
  deliveries: Deliveries,
  key: Uint8Array,
): SignedRequest | undefined {
  try {
    return deliveries.make({ secret: key })
  } catch (error) {
    if (scheme.signature.algorithm === 'custom') return undefined
    throw error
  }
}

/** Random text of the same length and the same kind of characters. */
export function scramble(text: string): string {
  const random = randomBytes(text.length)
  return text.replace(/[0-9a-zA-Z]/g, (character, at: number) => {
    const digits = /[0-9a-f]/.test(character) ? '0123456789abcdef' : 'ABCDEFGHIJKLMNOP'
    return digits[(random[at] ?? 0) % 16] ?? character
  })
}
