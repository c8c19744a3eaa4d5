import { createHash, createHmac, createSecretKey, type Hash } from 'node:crypto'
import type { HmacAlgorithm } from '@countersign/core'
import { computeDigest } from '../recompute/compute-digest.js'
import type { BodyPart, ContentTemplate } from '../recompute/types.js'

/** Computes the MAC of a content, its bytes one character each: as texts they can be looked up. */
export type ComputeMac = (template: ContentTemplate) => string

/** The body as it may stand in a content, each form made once. */
export type BodyForms = Readonly<Record<BodyPart, Uint8Array>>

export function bodyForms(body: Uint8Array): BodyForms {
  const digest = createHash('sha256').update(body).digest()
  return {
    body,
    bodySha256Hex: Buffer.from(digest.toString('hex'), 'latin1'),
    bodySha256Base64: Buffer.from(digest.toString('base64'), 'latin1'),
  }
}

/** Where the body comes first, what hashing it left behind is kept: of 10 kB that is three quarters of the work. */
export function createMacs(algorithm: HmacAlgorithm, key: Uint8Array, forms: BodyForms): ComputeMac {
  const hash = algorithm.slice('hmac-'.length)
  const secret = createSecretKey(key)
  let afterBody: { readonly inner: Hash; readonly outer: Hash } | undefined
  return ({ before, bodyPart, after }) => {
    if (before.length === 0 && bodyPart === 'body') {
      afterBody ??= hashUpToBody(algorithm, key, forms.body)
      const inner = afterBody.inner.copy().update(after).digest()
      return afterBody.outer.copy().update(inner).digest('binary')
    }
    return createHmac(hash, secret).update(before).update(forms[bodyPart]).update(after).digest('binary')
  }
}

/** HMAC from its two hashes (RFC 2104), the inner one already over the body. */
function hashUpToBody(algorithm: HmacAlgorithm, key: Uint8Array, body: Uint8Array) {
  const name = algorithm.slice('hmac-'.length)
  const blockLength = name === 'sha384' || name === 'sha512' ? 128 : 64
  const padded = Buffer.alloc(blockLength)
  const short = key.length > blockLength ? computeDigest(`${name as 'sha256'}(body)`, key, [key]) : key
  padded.set(short)
  const pad = (byte: number) => createHash(name).update(padded.map((value) => value ^ byte))
  return { inner: pad(0x36).update(body), outer: pad(0x5c) }
}
