import type { SchemeDescriptor } from '@countersign/core'
import { parseBody } from './build-content.js'
import { readPointer } from './write-pointer.js'

/** How a receiver recognizes a repeated delivery. */
export interface SentIdentity {
  /** Where the id is; `digest`: equal bodies are the same event. */
  readonly in: 'body' | 'header' | 'digest'
  /** The JSON pointer or the header name; undefined for `digest`. */
  readonly place?: string
  /** The id; undefined for `digest`. */
  readonly value?: string
  /** Whether the id is not signed: then only a delivery with the same body is a repetition. */
  readonly withBody: boolean
}

/** The parts of a delivery that identify it. */
interface UnsignedDelivery {
  readonly body: Uint8Array
  /** The delivery id for the scheme's header. */
  readonly id: string
}

/** Finds how a receiver recognizes a repetition; undefined if it cannot and handles every delivery. */
export function findIdentity(
  scheme: SchemeDescriptor,
  { body, id }: UnsignedDelivery,
): SentIdentity | undefined {
  const { identity, eventId, deliveryId, bodyDigest, signedContent = '' } = scheme
  const payload = parseBody(scheme, body)
  if (identity === 'none') return undefined
  if (identity === 'body-digest') return { in: 'digest', withBody: true }
  if (identity && 'json' in identity) return inBody(payload, identity.json)
  if (identity) return { in: 'header', place: identity.header, value: id, withBody: true }
  const ofEvent = inBody(payload, eventId?.json)
  if (ofEvent) return ofEvent
  if (deliveryId && 'json' in deliveryId) return inBody(payload, deliveryId.json)
  if (deliveryId) {
    const withBody = !signedContent.includes('{id}')
    return { in: 'header', place: deliveryId.header, value: id, withBody }
  }
  const isThere = (pointer: string) =>
    ![undefined, null, ''].includes(readPointer(payload, pointer) as undefined)
  const isUnique = bodyDigest?.requires.every(isThere) && bodyDigest.requiresOneOf.some(isThere)
  return isUnique ? { in: 'digest', withBody: true } : undefined
}

function inBody(payload: unknown, pointer: string | undefined): SentIdentity | undefined {
  const value = pointer === undefined ? undefined : readPointer(payload, pointer)
  const isId = (typeof value === 'string' && value !== '') || Number.isSafeInteger(value)
  return isId && pointer !== undefined
    ? { in: 'body', place: pointer, value: String(value), withBody: false }
    : undefined
}
