import type { PairsForm } from '../schemes/scheme-descriptor.js'
import { refuseJoined, splitHeader } from './read-header.js'

/** A pair of a header like Stripe's `t=...,v1=...`. */
export type Pair = readonly [key: string, value: string]

/** Returns the pairs of each group. A header without groups is one group; a pair with several values becomes several pairs. */
export function splitPairs(name: string, value: string, form: PairsForm): readonly (readonly Pair[])[] {
  const { groups } = form
  if (!groups) return [parsePairs(name, value, form)]
  return splitHeader(name, value, groups.separator, Number.POSITIVE_INFINITY).map((group) => {
    const pairs = parsePairs(name, group, form)
    // When two headers are joined with a comma and a blank, the comma remains at the end of the first.
    return group.endsWith(',') ? refuseJoined(name) : pairs
  })
}

function parsePairs(name: string, text: string, { separator, values }: PairsForm): readonly Pair[] {
  if (!values) return splitHeader(name, text, separator).map(parsePair)
  if (values.separator === separator) return parseContinuedPairs(splitHeader(name, text, separator))
  const commas = values.separator.includes(',') ? Number.POSITIVE_INFINITY : 0
  return splitHeader(name, text, separator, commas).flatMap((part) => {
    const [key, list] = parsePair(part)
    const texts = splitHeader(name, list, values.separator)
    // A name among the values means that another header begins there: base64 has "=" only at its end.
    return texts.some((value) => /[^=]=[^=]/.test(value))
      ? refuseJoined(name)
      : texts.map((value) => [key, value] as const)
  })
}

/** A part without a name is one more value of the pair before it. */
function parseContinuedPairs(parts: readonly string[]): readonly Pair[] {
  const pairs: Pair[] = []
  for (const part of parts) {
    const last = pairs.at(-1)
    pairs.push(last && !part.includes('=') ? [last[0], part] : parsePair(part))
  }
  return pairs
}

function parsePair(part: string): Pair {
  const equals = part.indexOf('=')
  return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
}
