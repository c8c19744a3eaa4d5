import { describeAsymmetric } from '../asymmetric/asymmetric-signature.js'
import { findAsymmetric } from '../asymmetric/find-asymmetric.js'
import type { Capture } from '../captures/capture.js'
import { findHeaderValue } from '../captures/find-header.js'
import { inflateCapture, isGzip } from '../captures/inflate-capture.js'
import type { SignaturePlace } from '../recompute/types.js'
import type { SearchEffort } from './discovery.js'

/** Sentences about why nothing was found: first what the captures show, then what is always possible. */
export function suggestReasons(
  captures: readonly Capture[],
  places: readonly SignaturePlace[],
  effort: SearchEffort,
): readonly string[] {
  const shapes = captures.flatMap(({ headers }) =>
    headers.flatMap(([name, value]) => shapeReasons(name, value) ?? []),
  )
  const asymmetric = captures.map(findAsymmetric).find((found) => found !== undefined)
  const usable = places.filter(({ bytes }) => [20, 32, 48, 64].includes(bytes.length))
  const reasons = [
    ...(asymmetric ? [describeAsymmetric(asymmetric)] : []),
    ...new Set(shapes),
    ...(usable.length === 0 ? [nowhere] : []),
    ...captureReasons(captures),
    ...(effort.searchedWhole
      ? []
      : [`The search ran out of time after ${Math.round(effort.ms / 1000)} s; allow more.`]),
  ]
  return usable.length === 0 ? reasons : [...reasons, ...always]
}

const nowhere =
  'No header contains a text as long as an HMAC (20, 32, 48 or 64 bytes in hex or base64): the signature may be in the body, or the capture lacks its header.'

const always = [
  'The secret may be wrong: senders have one for each endpoint, and one for tests.',
  'The body may have changed in transit; if you know a similar scheme, "countersign explain" finds the change.',
  'The sender may sign something else, such as single fields of the body, sorted form fields or headers.',
]

/** Formats that no scheme describes. */
function shapeReasons(name: string, value: string): string | undefined {
  if (/^(bearer )?eyJ[\w-]+\.[\w-]*\.[\w-]+$/i.test(value))
    return `"${name}" contains a JSON Web Token or a detached JWS, which schemes do not support.`
  if (/^signature-input$/i.test(name))
    return `"${name}" belongs to HTTP Message Signatures (RFC 9421), which schemes do not support.`
  return undefined
}

function captureReasons(captures: readonly Capture[]): readonly string[] {
  const notes = new Set(captures.flatMap(({ notes }) => notes))
  return [
    ...(notes.has('parsed-body')
      ? ['The capture has the body as parsed JSON: the original bytes, which were signed, are lost.']
      : []),
    ...(captures.some(isOtherwiseCompressed)
      ? [
          "The body is compressed, but not with one layer of gzip, which is all that a scheme's contentEncoding supports.",
        ]
      : []),
    ...(notes.has('cut-off') ? ['The capture is cut off before the end of the body.'] : []),
    ...(notes.has('text-body')
      ? ['The body was stored as text, so bytes that are not valid UTF-8 are lost.']
      : []),
    ...(notes.has('withheld-secret') ? ['A header was removed when the capture was saved.'] : []),
    ...(captures.every(({ body }) => body.length === 0)
      ? ['The body is empty; check that the capture includes it.']
      : []),
  ]
}

/** With Brotli, deflate or Zstandard, or with gzip twice. */
function isOtherwiseCompressed(capture: Capture): boolean {
  const inflated = inflateCapture(capture)
  if (inflated) return isGzip(inflated.body)
  const encoding = findHeaderValue(capture.headers, 'content-encoding') ?? ''
  return /\b(br|deflate|zstd|compress)\b/i.test(encoding)
}
