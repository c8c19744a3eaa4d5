import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { findHeaderValues } from '../captures/find-header.js'
import { detectTimeUnit } from '../recompute/time-sources.js'
import { defaultSchemeName } from './name-scheme.js'

/**
 * What the captures leave unknown: fields that were guessed, and fields that no capture can show.
 *
 * @param guessed fields guessed from a name
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
    ['name', scheme.name === defaultSchemeName],
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

/** A header named like a time may contain a number far from today's: its unit is then a guess. */
function isPlainTime(timestamp: SchemeDescriptor['timestamp'], captures: readonly Capture[]): boolean {
  if (!timestamp || !('header' in timestamp)) return true
  if (timestamp.key !== undefined || timestamp.position !== undefined) return true
  return captures.every(({ headers }) =>
    findHeaderValues(headers, timestamp.header).some((value) => detectTimeUnit(value) !== undefined),
  )
}
