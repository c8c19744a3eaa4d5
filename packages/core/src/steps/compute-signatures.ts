import { computeMac, digestText } from '#crypto'
import { encodeLatin1 } from '../encoding/latin1.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import { isPromise } from '../promises/maybe-promise.js'
import { fillTemplate, type Template } from '../schemes/template.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { UnverifiedDelivery } from './verify-signature.js'

/**
 * Computes what each secret expects for these bytes: its MAC over the signed content, or the secret itself if it is sent
 * unchanged. Synchronous with node:crypto, to avoid promises.
 */
export function computeSignatures(
  unverified: UnverifiedDelivery,
  { scheme }: VerificationSettings,
): MaybePromise<readonly Uint8Array[]> {
  const { template } = scheme
  if (template.body === 'body') return computeEach(unverified, template, unverified.rawBody)
  const digest = digestText(unverified.rawBody, digestEncodings[template.body])
  return isPromise(digest)
    ? digest.then((text) => computeEach(unverified, template, encodeUtf8(text)))
    : computeEach(unverified, template, encodeUtf8(digest))
}

const digestEncodings = { bodySha256Hex: 'hex', bodySha256Base64: 'base64' } as const

/** @param body the body, or the text of its digest, as it is signed */
function computeEach(
  unverified: UnverifiedDelivery,
  template: Template,
  body: Uint8Array,
): MaybePromise<readonly Uint8Array[]> {
  const content = signedContent(unverified, template, body)
  const signatures: MaybePromise<Uint8Array>[] = []
  let promised = false
  const { secrets, decoys } = unverified.selected
  for (const secret of decoys.length === 0 ? secrets : [...secrets, ...decoys]) {
    const signature = computeSignature(secret, content)
    promised ||= isPromise(signature)
    signatures.push(signature)
  }
  return promised ? Promise.all(signatures) : (signatures as Uint8Array[])
}

function computeSignature(
  { key, bytes }: PreparedSecret,
  content: readonly Uint8Array[],
): MaybePromise<Uint8Array> {
  if (!key) return bytes
  return isPromise(key) ? key.then((ready) => computeMac(ready, content)) : computeMac(key, content)
}

/** The body, between the text of the headers as it was checked, character by character. */
function signedContent(
  unverified: UnverifiedDelivery,
  template: Template,
  body: Uint8Array,
): readonly Uint8Array[] {
  if (template.before.length === 0 && template.after.length === 0) return [body]
  const { method, headerTime, names } = unverified
  const values = { method, timestamp: headerTime?.text ?? '', id: names.id ?? '' }
  const before = encode(fillTemplate(template.before, values))
  return template.after.length === 0
    ? [before, body]
    : [before, body, encode(fillTemplate(template.after, values))]
}

function encode(text: string): Uint8Array {
  return encodeLatin1(text) ?? new Uint8Array()
}
