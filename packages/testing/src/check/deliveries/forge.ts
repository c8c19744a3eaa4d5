import { randomBytes } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import type { SignedRequest } from '../../sender/signed-request.js'
import type { Deliveries } from './deliveries.js'
import { editProof } from './edit-proof.js'

/** A delivery as only who does not know the secret would make it. */
export function forgedDelivery(scheme: SchemeDescriptor, deliveries: Deliveries): SignedRequest {
  const key = randomBytes(16).toString('hex')
  if (scheme.signature.algorithm === 'basic') return editProof(scheme, deliveries.make(), () => key)
  return deliveries.make({ secret: Buffer.from(key, 'utf8') })
}

/** As long as before, of the same kind of characters. */
export function scramble(text: string): string {
  const random = randomBytes(text.length)
  return text.replace(/[0-9a-zA-Z]/g, (character, at: number) => {
    const digits = /[0-9a-f]/.test(character) ? '0123456789abcdef' : 'ABCDEFGHIJKLMNOP'
    return digits[(random[at] ?? 0) % 16] ?? character
  })
}
