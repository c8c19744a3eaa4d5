import { createHash } from 'node:crypto'
import type { BodyPart, ContentTemplate } from '../../recompute/types.js'

/** Fills signed contents with a body, whose digests are made once. */
export function contentParts(body: Uint8Array): (template: ContentTemplate) => readonly Uint8Array[] {
  const made = new Map<BodyPart, Uint8Array>()
  return ({ before, bodyPart, after }) => {
    let part = made.get(bodyPart)
    if (!part) {
      part = partOf(body, bodyPart)
      made.set(bodyPart, part)
    }
    if (after.length > 0) return [before, part, after]
    return before.length > 0 ? [before, part] : [part]
  }
}

function partOf(body: Uint8Array, bodyPart: BodyPart): Uint8Array {
  if (bodyPart === 'body') return body
  const encoding = bodyPart === 'bodySha256Hex' ? 'hex' : 'base64'
  return Buffer.from(createHash('sha256').update(body).digest(encoding), 'latin1')
}
