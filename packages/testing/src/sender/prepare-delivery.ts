import { randomUUID } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import { buildContent, type Content, parseBody } from './build-content.js'
import { readEventName } from './complete-payload.js'
import { findIdentity, type SentIdentity } from './find-identity.js'
import { signDelivery } from './sign-delivery.js'
import type { SignOptions } from './sign-options.js'
import type { SignedRequest } from './signed-request.js'
import { readPointer } from './write-pointer.js'

/** A delivery with a fixed id and body. A sender attempts it until it is accepted, and signs each attempt again. */
export interface PreparedDelivery {
  /** The id of the delivery or event; undefined if the scheme has none. */
  readonly id: string | undefined
  /** The event's name; undefined if the scheme has none. */
  readonly event: string | undefined
  /** How a receiver recognizes a repetition; undefined if it cannot and handles every copy. */
  readonly identity: SentIdentity | undefined
  /** Signs an attempt with the same id and body and the current time, unless `timestamp` was set. */
  sign(): SignedRequest
}

/** The sender's side of a delivery. */
export interface PreparationInput {
  readonly scheme: SchemeDescriptor
  readonly keys: readonly Buffer[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Builds a delivery's content once, for all attempts. */
export function prepareDelivery(
  { scheme, keys, now }: PreparationInput,
  options: SignOptions,
): PreparedDelivery {
  const method = options.method ?? usualMethod(scheme)
  const content = buildContent(scheme, { ...options, method }, now())
  const id = options.id ?? content.id ?? randomUUID()
  return {
    id: idOf(scheme, content, id),
    event: eventOf(scheme, content),
    identity: findIdentity(scheme, { body: content.body, id }),
    sign: () => signDelivery({ scheme, keys, content, id, method, now: now() }, options),
  }
}

function usualMethod({ methods = ['POST'] }: SchemeDescriptor): string {
  return methods.includes('POST') ? 'POST' : (methods[0] ?? 'POST')
}

function idOf(scheme: SchemeDescriptor, { body }: Content, idInHeader: string) {
  const { deliveryId, eventId } = scheme
  if (deliveryId && 'header' in deliveryId) return idInHeader
  const pointer = deliveryId?.json ?? eventId?.json
  const id = pointer === undefined ? undefined : readPointer(parseBody(scheme, body), pointer)
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

function eventOf(scheme: SchemeDescriptor, { body, event }: Content): string | undefined {
  const { eventType } = scheme
  return (
    readEventName(scheme, parseBody(scheme, body)) ??
    (eventType?.header === undefined ? eventType?.value : event)
  )
}
