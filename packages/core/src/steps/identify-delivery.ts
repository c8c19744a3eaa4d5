import { readPointer } from '../encoding/json-pointer.js'
import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { ParsedPayload } from './parse-payload.js'
import type { SignedDelivery } from './verify-signature.js'

/** The delivery's id, its event, and what identifies it for deduplication. */
export interface DeliveryIdentity {
  readonly id: string | undefined
  readonly event: string | undefined
  /** Undefined if the sender sends nothing unique: a lost event is worse than a repeated one. */
  readonly dedupeBy: Identity | undefined
  /** The event's name from the configuration, if the sender does not send one. */
  readonly configuredEvent: string | undefined
  /** Unsigned values that reach the handler: the event's name from a header, and header values. */
  readonly unsigned: {
    readonly event: string | undefined
    readonly attributes: Readonly<Record<string, string>>
  }
}

/** What identifies a delivery. `withDigest`: the value is unsigned or missing, so the key also needs the digest of the signed body. */
export interface Identity {
  readonly kind: 'event' | 'id' | 'field' | 'header' | 'digest'
  readonly value?: string
  readonly withDigest: boolean
}

/** Finds what identifies a delivery. Nothing with `parse: false`: a signed id may be in the body that is not parsed. */
export function identifyDelivery(
  { names, proved }: SignedDelivery,
  parsed: ParsedPayload | undefined,
  { scheme, parse }: VerificationSettings,
): DeliveryIdentity {
  const { descriptor, idIsSigned } = scheme
  const payload = parse ? parsed?.value : undefined
  const { deliveryId } = descriptor
  const configured = descriptor.eventType?.value
  const eventInBody = proved?.event ?? signedEvent(payload, descriptor)
  const eventId = idAt(payload, descriptor.eventId?.json)
  const idInBody = deliveryId && 'json' in deliveryId ? idAt(payload, deliveryId.json) : undefined
  return {
    id: proved?.id ?? idInBody ?? names.id ?? eventId,
    event: configured ?? eventInBody ?? names.event,
    dedupeBy: parse ? identityOf() : undefined,
    configuredEvent: configured,
    unsigned: {
      event: (configured ?? eventInBody) === undefined ? names.event : undefined,
      attributes: names.attributes,
    },
  }

  function identityOf(): Identity | undefined {
    const { identity: chosen, bodyDigest } = descriptor
    if (chosen === 'none') return undefined
    if (chosen === 'body-digest') return { kind: 'digest', withDigest: true }
    if (chosen && 'json' in chosen) return signedIdentity('field', idAt(payload, chosen.json))
    if (chosen) return headerIdentity(names.identity)
    if (eventId !== undefined) return signedIdentity('event', eventId)
    if (proved?.id !== undefined)
      return proved.idIsSigned ? signedIdentity('id', proved.id) : headerIdentity(proved.id)
    if (idInBody !== undefined) return signedIdentity('id', idInBody)
    if (names.id !== undefined) return idIsSigned ? signedIdentity('id', names.id) : headerIdentity(names.id)
    return bodyDigest && isUniqueBody(payload, bodyDigest) ? { kind: 'digest', withDigest: true } : undefined
  }
}

function signedIdentity(kind: 'event' | 'id' | 'field', value: string | undefined): Identity | undefined {
  return value === undefined ? undefined : { kind, value, withDigest: false }
}

function headerIdentity(value: string | undefined): Identity | undefined {
  return value === undefined ? undefined : { kind: 'header', value, withDigest: true }
}

function signedEvent(payload: unknown, { eventType }: SchemeDescriptor): string | undefined {
  if (payload === undefined) return undefined
  const pointers = eventType?.json ?? []
  for (const pointer of typeof pointers === 'string' ? [pointers] : pointers) {
    const name = readPointer(payload, pointer)
    if (typeof name === 'string' && name !== '') return name
  }
  return undefined
}

/** Ids must be strings or safe integers: different numbers such as 1e400 and 1e401 would become the same text. */
function idAt(payload: unknown, pointer: string | undefined): string | undefined {
  if (pointer === undefined || payload === undefined) return undefined
  const value = readPointer(payload, pointer)
  if (typeof value === 'string') return value === '' ? undefined : value
  return Number.isSafeInteger(value) ? String(value) : undefined
}

function isUniqueBody(payload: unknown, rule: NonNullable<SchemeDescriptor['bodyDigest']>): boolean {
  const isThere = (pointer: string) =>
    ![undefined, null, ''].includes(readPointer(payload, pointer) as undefined)
  return rule.requires.every(isThere) && rule.requiresOneOf.some(isThere)
}
