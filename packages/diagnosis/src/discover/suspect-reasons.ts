import { describeAsymmetric } from '../asymmetric/asymmetric-signature.js'
import { findAsymmetric } from '../asymmetric/find-asymmetric.js'
import type { Capture } from '../captures/capture.js'
import { inflateCapture, isGzip } from '../captures/inflate-capture.js'
import type { SignaturePlace } from '../recompute/types.js'
import type { SearchEffort } from './discovery.js'

/** Sentences about why nothing was found: what the captures show first, what is always possible last. */
export function suspectReasons(
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
    ...(effort.searchedWhole ? [] : [`The time was up after ${Math.round(effort.ms / 1000)} s; allow more.`]),
  ]
  return usable.length === 0 ? reasons : [...reasons, ...always]
}

const nowhere =
  'No header holds a text as long as an HMAC (20, 32, 48 or 64 bytes in hex or base64): the signature may stand in the body, or the capture lacks its header.'

const always = [
  'It may be another secret: senders have one for each endpoint, and one for tests.',
  'The body may have changed on its way to the capture; where you know a scheme like it, "countersign explain" tells which change.',
  'Something else may be signed, as single fields of the body, sorted form fields or headers.',
]

/** Signatures that no shared secret makes, by how they look. */
function shapeReasons(name: string, value: string): string | undefined {
  if (/^(bearer )?eyJ[\w-]+\.[\w-]*\.[\w-]+$/i.test(value))
    return `"${name}" holds a JSON Web Token or a detached JWS, which no scheme describes.`
  if (/^signature-input$/i.test(name))
    return `"${name}" is of HTTP Message Signatures (RFC 9421), which no scheme describes.`
  return undefined
}

function captureReasons(captures: readonly Capture[]): readonly string[] {
  const notes = new Set(captures.flatMap(({ notes }) => notes))
  return [
    ...(notes.has('parsed-body')
      ? ['The capture holds the body as parsed JSON: its own bytes, which were signed, are gone.']
      : []),
    ...(captures.some(isOtherwiseCompressed)
      ? [
          "The body is compressed, and not once with gzip, which is all that a scheme's contentEncoding reads.",
        ]
      : []),
    ...(notes.has('cut-off') ? ['The capture ends before its body does.'] : []),
    ...(notes.has('text-body')
      ? ['The body passed through a text, so bytes that are no UTF-8 are lost.']
      : []),
    ...(notes.has('withheld-secret') ? ['A header was left out when the capture was saved.'] : []),
    ...(captures.every(({ body }) => body.length === 0) ? ['The body is empty; was it left out?'] : []),
  ]
}

/** With Brotli, deflate or Zstandard, or with gzip within gzip. */
function isOtherwiseCompressed(capture: Capture): boolean {
  const inflated = inflateCapture(capture)
  if (inflated) return isGzip(inflated.body)
  const encoding = capture.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? ''
  return /\b(br|deflate|zstd|compress)\b/i.test(encoding)
}
