import type { Capture } from '../captures/capture.js'
import { decodeToken } from './places/decode-token.js'
import { splitValue } from './places/split-value.js'
import type { PlaceOddity, SignaturePlace } from './types.js'

/** A place, and the encoded signature as it stands there. */
export interface FoundPlace extends SignaturePlace {
  readonly text: string
}

/** Core reads no longer ones. */
const maxValueLength = 8_192
const maxPlaces = 512
const likelyName = /signature|hmac|sig$|digest|hash/i
/** What browsers, proxies and tracing write, which has the length of a digest now and then. */
const unlikelyName =
  /^(x-)?(trace|b3|request-id|amzn|cloud-trace|etag|cookie|if-)|^(traceparent|sentry-trace)/i

/** Every reading of a header, or of a part of it, as bytes of a digest's length; the best reading first. */
export function findPlaces(headers: Capture['headers']): readonly FoundPlace[] {
  const names = headers.map(([name]) => name.toLowerCase())
  const ranked = headers.flatMap(([name, value]) => {
    const isRepeated = names.filter((other) => other === name.toLowerCase()).length > 1
    const nameRank = likelyName.test(name) ? 0 : unlikelyName.test(name) ? 20 : 10
    return value.length > maxValueLength ? [] : placesIn(name, value, isRepeated, nameRank)
  })
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, maxPlaces)
    .map(({ place }) => place)
}

interface RankedPlace {
  readonly place: FoundPlace
  readonly rank: number
}

function placesIn(
  header: string,
  value: string,
  isRepeated: boolean,
  nameRank: number,
): readonly RankedPlace[] {
  return splitValue(value).flatMap(({ text, prefix, list, pairs, hasBlanks, hasQuotes, rank }) =>
    decodeToken(text).map(({ bytes, encoding, isStrict }, index): RankedPlace => {
      const oddities: PlaceOddity[] = [
        ...(hasBlanks ? (['blanks'] as const) : []),
        ...(hasQuotes ? (['quotes'] as const) : []),
        ...(encoding === 'base64' && !isStrict ? (['unpadded'] as const) : []),
        ...(isRepeated ? (['repeated'] as const) : []),
      ]
      const place = { header, bytes, encoding, prefix, list, pairs, oddities, text }
      return { place, rank: nameRank + rank + oddities.length + index + (isStrict ? 0 : 1) }
    }),
  )
}
