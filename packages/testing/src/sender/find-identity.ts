import type { SchemeDescriptor } from '@countersign/core'
import { parseBody } from './build-content.js'
import { readPointer } from './write-pointer.js'

/** By what a receiver tells a repetition of a delivery from a new event. */
export interface SentIdentity {
  readonly in: 'body' | 'header' | 'digest'
  /** The JSON pointer, or the header's name; undefined where equal bodies are one event. */
  readonly place?: string
  readonly value?: string
  /** The value is not signed, so that it is a repetition only with the same body. */
  readonly withBody: boolean
}

/** What was made, before it is signed. */
interface Made {
  readonly body: Uint8Array
  /** The delivery id, which goes into the header that the scheme has for it. */
  readonly id: string
}

/** Undefined where nothing tells: a receiver then handles each delivery. */
export function findIdentity(scheme: SchemeDescriptor, { body, id }: Made): SentIdentity | undefined {
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
