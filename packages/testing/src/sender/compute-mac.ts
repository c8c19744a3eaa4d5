import { createHash, createHmac } from 'node:crypto'
import type { HmacProof, SchemeDescriptor } from '@countersign/core'

/** The values for the placeholders of a scheme's signed content. */
export interface SignedParts {
  readonly body: Uint8Array
  readonly timestamp: string
  readonly id: string
  readonly method: string
  readonly url: string
}

/**
 * Builds the bytes that the MAC covers. It concatenates bytes, because a text replacement would interpret `$&` in a body.
 *
 * @example
 * import { slack } from '@countersign/core/schemes'
 * import { signedContent } from '@countersign/testing/sender'
 *
 * const parts = { body: Buffer.from('{}'), timestamp: '1768469400', id: '', method: 'POST', url: '/' }
 * console.log(signedContent(slack(), parts).toString()) // v0:1768469400:{}
 */
export function signedContent(scheme: SchemeDescriptor, parts: SignedParts): Buffer {
  const template = scheme.signedContent ?? '{body}'
  const pieces = template.split(/(\{(?:body|bodySha256Hex|bodySha256Base64|timestamp|id|method|url)\})/)
  return Buffer.concat(pieces.map((piece) => fill(piece, parts)))
}

function fill(piece: string, parts: SignedParts): Uint8Array {
  switch (piece) {
    case '{body}':
      return parts.body
    case '{bodySha256Hex}':
      return Buffer.from(createHash('sha256').update(parts.body).digest('hex'), 'latin1')
    case '{bodySha256Base64}':
      return Buffer.from(createHash('sha256').update(parts.body).digest('base64'), 'latin1')
    case '{timestamp}':
      return Buffer.from(parts.timestamp, 'utf8')
    case '{id}':
      return Buffer.from(parts.id, 'utf8')
    case '{method}':
      return Buffer.from(parts.method, 'utf8')
    case '{url}':
      return Buffer.from(parts.url, 'utf8')
    default:
      return Buffer.from(piece, 'utf8')
  }
}

/**
 * Computes the MAC of a content in the proof's encoding.
 *
 * @example
 * import { computeMac } from '@countersign/testing/sender'
 *
 * const proof = { algorithm: 'hmac-sha256', header: 'X-Signature', encoding: 'hex' } as const
 * console.log(computeMac(proof, Buffer.from('key'), Buffer.from('{}')))
 */
export function computeMac(proof: HmacProof, key: Uint8Array, content: Uint8Array): string {
  return createHmac(proof.algorithm.slice('hmac-'.length), key).update(content).digest(proof.encoding)
}
