import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import { computeMac, readKeys, signedContent } from '@countersign/testing/sender'
import { headerOf } from '../deliveries/edit-proof.js'
import { idHeader, timeHeader } from '../deliveries/scheme-traits.js'

/** Shorter texts may stand anywhere by chance. */
const shortest = 6
/** The beginning of a signature is as bad as all of it, and no accident: 64 bits and more. */
const beginning = { hex: 16, base64: 12 } as const

/** The secret in the notations an answer could hold it in. */
export function secretTexts(scheme: SchemeDescriptor, secret: SecretValue): readonly string[] {
  const texts =
    typeof secret === 'string' ? [secret] : secret instanceof Uint8Array ? [] : [secret.password ?? '']
  const bytes = [...texts.map((text) => Buffer.from(text, 'utf8')), ...readKeys(secret, scheme)]
  return [...texts, ...bytes.flatMap(notationsOf)].filter(({ length }) => length >= shortest)
}

function notationsOf(bytes: Buffer): readonly string[] {
  const hex = bytes.toString('hex')
  return [
    bytes.toString('latin1'),
    hex,
    hex.toUpperCase(),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]
}

/** Beginnings of what the right signature of a request would have been. */
export function expectedSignatures(
  scheme: SchemeDescriptor,
  secret: SecretValue,
  request: SignedRequest,
): readonly string[] {
  const { signature } = scheme
  // What a custom scheme's would have been, its verifier alone knows.
  if (!('encoding' in signature)) return []
  const [key = Buffer.alloc(0)] = readKeys(secret, scheme)
  const id = headerOf(request, idHeader(scheme) ?? '') ?? ''
  const { body, method, url } = request
  const parts = { body, timestamp: timeOf(scheme, request), id, method, url: scheme.url ?? url }
  const hex = computeMac({ ...signature, encoding: 'hex' }, key, signedContent(scheme, parts))
  const mac = Buffer.from(hex, 'hex')
  const base64 = mac.toString('base64').slice(0, beginning.base64)
  return [
    hex.slice(0, beginning.hex),
    hex.slice(0, beginning.hex).toUpperCase(),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    [...mac.subarray(0, 8)].join(','),
  ]
}

function timeOf(scheme: SchemeDescriptor, request: SignedRequest): string {
  const time = timeHeader(scheme)
  const value = time && headerOf(request, time.header)
  if (!time || value === undefined) return ''
  if (time.position !== undefined) return value.split(/[,;| ]/)[time.position] ?? ''
  if (time.key === undefined) return value
  return new RegExp(`(?:^|[^a-z0-9])${time.key}=([^,;&\\s]*)`).exec(value)?.[1] ?? ''
}
