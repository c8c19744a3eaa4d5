import type { Capture } from '../../captures/capture.js'
import { decodePercent } from '../../recompute/decode-percent.js'
import { splitValue } from '../../recompute/places/split-value.js'
import { findPlaces } from '../../recompute/signature-places.js'
import type { DigestPlace } from './place-map.js'

const maxHeaders = 200
const maxValueLength = 4_096

/** Finds every digest in the headers and the URL, including those in an extra encoding, which receivers do not read. */
export function findDigestPlaces(capture: Pick<Capture, 'headers' | 'url'>): readonly DigestPlace[] {
  const headers = capture.headers.slice(0, maxHeaders).filter(([, value]) => value.length <= maxValueLength)
  return [
    ...findPlaces(headers).map((place): DigestPlace => ({ ...place, wrapped: undefined })),
    ...findPlaces(headers.flatMap(percentDecoded)).map(wrappedIn('sig.percent-encoded')),
    ...findPlaces(headers.flatMap(decodedTwice)).map(wrappedIn('sig.double-encoded')),
    ...findPlaces(headers.flatMap(listed)).map(wrappedIn('sig.header-quoted')),
    ...findPlaces(queryOf(capture.url)).map(wrappedIn('sig.in-query')),
  ]
}

type Header = Capture['headers'][number]

function wrappedIn(wrapped: NonNullable<DigestPlace['wrapped']>) {
  return (place: ReturnType<typeof findPlaces>[number]): DigestPlace => ({ ...place, wrapped })
}

function percentDecoded([name, value]: Header): readonly Header[] {
  // Percent-decoding once too often turns + into a space.
  if (/^\S*[\w+/]+( [\w+/]+)+=*$/.test(value)) return [[name, value.replaceAll(' ', '+')]]
  if (!/%[0-9a-f]{2}/i.test(value)) return []
  const decoded = decodePercent(value)
  return decoded === undefined ? [] : [[name, decoded]]
}

/** A header value written as a JSON list. */
function listed([name, value]: Header): readonly Header[] {
  const inner = /^\[\s*"(.*)"\s*\]$/.exec(value)?.[1]
  return inner === undefined ? [] : [[name, inner]]
}

function queryOf(url: string): readonly Header[] {
  return URL.canParse(url) ? [...new URL(url).searchParams].slice(0, maxHeaders) : []
}

/** Base64 of the hex digits, or hex of the base64 text. */
function decodedTwice([name, value]: Header): readonly Header[] {
  return splitValue(value).flatMap(({ text, prefix }): Header[] => {
    const isHex = /^([0-9a-f]{2}){20,}$/i.test(text)
    const inner = Buffer.from(text, isHex ? 'hex' : 'base64').toString('latin1')
    return /^([0-9a-f]{32,128}|[\w+/-]{20,90}={0,2})$/i.test(inner) && text.length > 24
      ? [[name, `${prefix}${inner}`]]
      : []
  })
}
