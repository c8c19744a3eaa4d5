import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { inflateCapture } from '../captures/inflate-capture.js'

/** One interpretation of the bodies: the MAC covers the compressed or the decompressed bytes. */
export interface BodyReading {
  /** Undefined if no body is compressed. */
  readonly contentEncoding: SchemeDescriptor['contentEncoding']
  /** The captures with the bodies that the MAC covers. */
  readonly signed: readonly Capture[]
  /** The captures with readable bodies. */
  readonly plain: readonly Capture[]
}

/** The interpretations of the captures: one, or two if any body is gzip. */
export function bodyReadings(captures: readonly Capture[]): readonly [BodyReading, ...BodyReading[]] {
  const plain = captures.map((capture) => inflateCapture(capture) ?? capture)
  if (plain.every((capture, index) => capture === captures[index]))
    return [{ contentEncoding: undefined, signed: captures, plain: captures }]
  return [
    { contentEncoding: 'decoded', signed: plain, plain },
    { contentEncoding: 'as-sent', signed: captures, plain },
  ]
}
