import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { inflateCapture } from '../captures/inflate-capture.js'

/** One way in which the MAC may cover the bodies of the captures. */
export interface BodyReading {
  /** Undefined where nothing is compressed. */
  readonly contentEncoding: SchemeDescriptor['contentEncoding']
  /** The captures with the bodies that the MAC covers. */
  readonly signed: readonly Capture[]
  /** The captures with the bodies that say something. */
  readonly plain: readonly Capture[]
}

/** The readings of the captures: one, or two where bodies came as gzip. */
export function bodyReadings(captures: readonly Capture[]): readonly [BodyReading, ...BodyReading[]] {
  const plain = captures.map((capture) => inflateCapture(capture) ?? capture)
  if (plain.every((capture, index) => capture === captures[index]))
    return [{ contentEncoding: undefined, signed: captures, plain: captures }]
  return [
    { contentEncoding: 'decoded', signed: plain, plain },
    { contentEncoding: 'as-sent', signed: captures, plain },
  ]
}
