import type { Capture } from '../../captures/capture.js'
import { splitValue } from '../../recompute/places/split-value.js'
import { findPlaces } from '../../recompute/signature-places.js'
import type { WrittenPlace } from './place-map.js'

const maxHeaders = 200
const maxValueLength = 4_096

/** Every digest in the headers; also those whose text was encoded once more, which no receiver reads. */
export function writtenPlaces(capture: Pick<Capture, 'headers' | 'url'>): readonly WrittenPlace[] {
  const headers = capture.headers.slice(0, maxHeaders).filter(([, value]) => value.length <= maxValueLength)
  return [
    ...findPlaces(headers).map((place): WrittenPlace => ({ ...place, wrapped: undefined })),
    ...findPlaces(headers.flatMap(percentDecoded)).map(wrappedIn('sig.percent-encoded')),
    ...findPlaces(headers.flatMap(decodedTwice)).map(wrappedIn('sig.double-encoded')),
    ...findPlaces(headers.flatMap(listed)).map(wrappedIn('sig.header-quoted')),
    ...findPlaces(queryOf(capture.url)).map(wrappedIn('sig.in-query')),
  ]
}

type Header = Capture['headers'][number]

function wrappedIn(wrapped: NonNullable<WrittenPlace['wrapped']>) {
  return (place: ReturnType<typeof findPlaces>[number]): WrittenPlace => ({ ...place, wrapped })
}

function percentDecoded([name, value]: Header): readonly Header[] {
  // Decoded once too often, a + is a blank.
  if (/^\S*[\w+/]+( [\w+/]+)+=*$/.test(value)) return [[name, value.replaceAll(' ', '+')]]
  if (!/%[0-9a-f]{2}/i.test(value)) return []
  try {
    return [[name, decodeURIComponent(value)]]
  } catch {
    return []
  }
}

/** The list of a header's values, written as JSON. */
function listed([name, value]: Header): readonly Header[] {
  const inner = /^\[\s*"(.*)"\s*\]$/.exec(value)?.[1]
  return inner === undefined ? [] : [[name, inner]]
}

function queryOf(url: string): readonly Header[] {
  return URL.canParse(url) ? [...new URL(url).searchParams].slice(0, maxHeaders) : []
}

/** Base64 of the hex digits, or hex of the base64 text: somebody encoded what was encoded already. */
function decodedTwice([name, value]: Header): readonly Header[] {
  return splitValue(value).flatMap(({ text, prefix }): Header[] => {
    const isHex = /^([0-9a-f]{2}){20,}$/i.test(text)
    const inner = Buffer.from(text, isHex ? 'hex' : 'base64').toString('latin1')
    return /^([0-9a-f]{32,128}|[\w+/-]{20,90}={0,2})$/i.test(inner) && text.length > 24
      ? [[name, `${prefix}${inner}`]]
      : []
  })
}
