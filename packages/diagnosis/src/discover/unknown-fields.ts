import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { timeUnitOf } from '../recompute/time-sources.js'
import { unnamed } from './name-scheme.js'

/**
 * What the captures leave open: fields that were guessed, and fields they cannot show.
 *
 * @param guessed fields whose value only their name spoke for
 */
export function unknownFields(
  scheme: SchemeDescriptor,
  guessed: ReadonlySet<string>,
  captures: readonly Capture[],
): string[] {
  const { signature, timestamp } = scheme
  const isHmac = 'encoding' in signature
  const noBody = captures.every(({ body }) => body.length === 0)
  const open: readonly (readonly [field: string, isOpen: boolean])[] = [
    ['name', scheme.name === unnamed],
    ['signature', !isHmac],
    ['signature.list', isHmac && !signature.list && !signature.pairs],
    ['signedContent', isHmac && noBody],
    ['url', scheme.url !== undefined],
    ['timestamp', guessed.has('timestamp') || !isPlainTime(timestamp, captures)],
    ['deliveryId', scheme.deliveryId !== undefined],
    ['eventId', guessed.has('eventId')],
    ['eventType', true],
    ['identity', !scheme.deliveryId && !scheme.eventId],
    ['methods', scheme.methods !== undefined],
    ['payload', scheme.payload !== undefined],
    ['formJsonField', guessed.has('formJsonField')],
    ['toleranceSeconds', Boolean(timestamp)],
    ['retries', true],
    ['respondWithin', true],
    ['disablesAfter', true],
  ]
  return open.filter(([, isOpen]) => isOpen).map(([field]) => field)
}

/** A header called a time may hold a number that no clock of today shows: its unit is then a guess. */
function isPlainTime(timestamp: SchemeDescriptor['timestamp'], captures: readonly Capture[]): boolean {
  if (!timestamp || !('header' in timestamp)) return true
  if (timestamp.key !== undefined || timestamp.position !== undefined) return true
  return captures.every(({ headers }) =>
    headers.some(
      ([name, value]) =>
        name.toLowerCase() === timestamp.header.toLowerCase() && timeUnitOf(value) !== undefined,
    ),
  )
}
