import type { SchemeDescriptor, TimestampSource, Tolerance } from '@countersign/core'
import { readPointer } from '@countersign/testing/sender'

const defaultToleranceSeconds = 300

/** The signature covers the body; tokens and credentials cover nothing. */
export function signsBody({ signature }: SchemeDescriptor): boolean {
  return signature.algorithm !== 'token' && signature.algorithm !== 'basic'
}

/** The header that holds a signed time, if the scheme has one. */
export function timeHeader({
  timestamp,
}: SchemeDescriptor): Extract<TimestampSource, { header: string }> | undefined {
  return timestamp && 'header' in timestamp ? timestamp : undefined
}

export function signsId({ signedContent = '' }: SchemeDescriptor): boolean {
  return signedContent.includes('{id}')
}

/** The header with the delivery id. */
export function idHeader({ deliveryId }: SchemeDescriptor): string | undefined {
  return deliveryId && 'header' in deliveryId ? deliveryId.header : undefined
}

export function tolerance({ toleranceSeconds = defaultToleranceSeconds }: SchemeDescriptor): Tolerance {
  return typeof toleranceSeconds === 'number'
    ? { past: toleranceSeconds, future: toleranceSeconds }
    : toleranceSeconds
}

/**
 * What tells one event from another, as the scheme has it: `signed` cannot be changed by who captured a request,
 * `unsigned` is a header that can.
 */
export function identityOf(scheme: SchemeDescriptor, payload: unknown): 'signed' | 'unsigned' | undefined {
  const { identity, eventId, deliveryId, bodyDigest } = scheme
  if (identity === 'none') return undefined
  if (identity === 'body-digest') return 'signed'
  if (identity) return 'json' in identity ? 'signed' : 'unsigned'
  if (eventId || (deliveryId && 'json' in deliveryId)) return 'signed'
  if (deliveryId) return signsId(scheme) ? 'signed' : 'unsigned'
  return bodyDigest && isUnique(payload, bodyDigest) ? 'signed' : undefined
}

function isUnique(payload: unknown, rule: NonNullable<SchemeDescriptor['bodyDigest']>): boolean {
  const isThere = (pointer: string) =>
    !['', null, undefined].includes(readPointer(payload, pointer) as undefined)
  return rule.requires.every(isThere) && rule.requiresOneOf.some(isThere)
}
