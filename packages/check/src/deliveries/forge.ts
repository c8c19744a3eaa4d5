import { randomBytes } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import type { Deliveries } from './deliveries.js'
import { editProof } from './edit-proof.js'

/** A delivery as only who does not know the secret would make it. */
export function forgedDelivery(scheme: SchemeDescriptor, deliveries: Deliveries): SignedRequest {
  const key = randomBytes(16).toString('hex')
  if (scheme.signature.algorithm === 'basic') return editProof(scheme, deliveries.make(), () => key)
  const signed = signedBy(scheme, deliveries, Buffer.from(key, 'utf8'))
  return signed ?? editProof(scheme, deliveries.make(), scramble)
}

/**
 * A delivery signed by another key; undefined where the scheme's own code cannot sign with such a key, as where it asks for one of
 * an asymmetric pair.
 */
export function signedBy(
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

/** As long as before, of the same kind of characters. */
export function scramble(text: string): string {
  const random = randomBytes(text.length)
  return text.replace(/[0-9a-zA-Z]/g, (character, at: number) => {
    const digits = /[0-9a-f]/.test(character) ? '0123456789abcdef' : 'ABCDEFGHIJKLMNOP'
    return digits[(random[at] ?? 0) % 16] ?? character
  })
}
