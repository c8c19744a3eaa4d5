import type { HmacProof } from '@countersign/core/schemes'
import type { SignedRequest } from '@countersign/testing'
import { signedContent } from '@countersign/testing/sender'
import { headerOf, withHeader } from './edit-request.js'
import type { Subject } from './subject.js'

/** The subject's proof, which must be an HMAC. */
export function hmacOf({ scheme }: Subject): HmacProof {
  const { signature } = scheme
  if (!('encoding' in signature)) throw new Error(`${scheme.name} does not sign.`)
  return signature
}

/** The header that carries the subject's proof. */
export function proofHeaderOf({ scheme }: Subject): string {
  const { signature } = scheme
  if (signature.algorithm === 'basic') return 'authorization'
  if (!('header' in signature) || signature.header === undefined)
    throw new Error(`${scheme.name} has no header for its proof.`)
  return signature.header
}

/** The first encoded MAC of a request, without the text around it. */
export function macText(subject: Subject, request: SignedRequest): string {
  const { prefix = '', list, pairs, header } = hmacOf(subject)
  const value = headerOf(request, header)
  if (pairs) {
    const parts = splitBy(value, pairs.groups?.separator).flatMap((group) => group.split(pairs.separator))
    const pair = parts.find((part) => part.startsWith(`${pairs.key}=`)) ?? ''
    return splitBy(pair.slice(pairs.key.length + 1), pairs.values?.separator)[0] ?? ''
  }
  const [first = '', second = ''] = splitBy(value, list?.separator)
  return (timePositionOf(subject) === 0 ? second : first).slice(prefix.length)
}

function splitBy(text: string, separator: string | undefined): readonly string[] {
  return separator === undefined ? [text] : text.split(separator)
}

/** Which member of the list is the time. */
export function timePositionOf({ scheme: { timestamp } }: Subject): number | undefined {
  return timestamp && 'header' in timestamp ? timestamp.position : undefined
}

/** Whether the time is in the signatures' header. */
export function hasTimeBesideMac(subject: Subject): boolean {
  const { timestamp } = subject.scheme
  return timePositionOf(subject) !== undefined || Boolean(timestamp && 'key' in timestamp && timestamp.key)
}

export function macBytes(subject: Subject, request: SignedRequest): Buffer {
  return Buffer.from(macText(subject, request), hmacOf(subject).encoding)
}

/** The request with its encoded MAC replaced by other text or bytes. */
export function withMac(subject: Subject, request: SignedRequest, mac: string | Uint8Array): SignedRequest {
  const { header, encoding } = hmacOf(subject)
  const text = typeof mac === 'string' ? mac : Buffer.from(mac).toString(encoding)
  const value = headerOf(request, header)
  const at = value.lastIndexOf(macText(subject, request))
  return withHeader(
    request,
    header,
    `${value.slice(0, at)}${text}${value.slice(at + macText(subject, request).length)}`,
  )
}

/** The bytes that the MAC of a request covers. */
export function signedBytes(subject: Subject, request: SignedRequest): Buffer {
  const { scheme } = subject
  const { timestamp, deliveryId, url = '' } = scheme
  const id = deliveryId && 'header' in deliveryId ? headerOf(request, deliveryId.header) : ''
  const time = timestamp && 'header' in timestamp ? headerOf(request, timestamp.header) : ''
  const key = timestamp && 'key' in timestamp ? `${timestamp.key}=` : ''
  // In these lists, the time is the first member.
  const text = hasTimeBesideMac(subject)
    ? (time.split(/[,;]/).find((part) => part.startsWith(key)) ?? '')
    : time
  return signedContent(scheme, {
    body: request.body,
    timestamp: text.slice(key.length),
    id,
    method: request.method,
    url,
  })
}
