import type { HmacAlgorithm, HmacProof } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { findHeaderValues } from '../captures/find-header.js'
import type { SignaturePlace } from '../recompute/types.js'

type Form = Pick<HmacProof, 'prefix' | 'list' | 'pairs' | 'repeats'>

/**
 * The ways to describe the format of a signature header, simplest first: one value; a list with several members; pairs,
 * with other names beside the signature's.
 */
export function proofForms(
  place: SignaturePlace,
  algorithm: HmacAlgorithm,
  capture: Capture,
): readonly HmacProof[] {
  const { header, encoding, bytes } = place
  const others =
    encoding === 'hex' ? [] : (['base64', 'base64url'] as const).filter((name) => name !== encoding)
  const encodings = [encoding, ...others.filter((name) => place.oddities.length > 0 || isSameIn(bytes, name))]
  return formsOf(place, findHeaderValues(capture.headers, header)).flatMap((form) =>
    encodings.map((name): HmacProof => ({ algorithm, header, encoding: name, ...form })),
  )
}

function formsOf({ prefix, list, pairs }: SignaturePlace, values: readonly string[]): readonly Form[] {
  const [value = ''] = values
  const withPrefix = prefix === '' ? {} : { prefix }
  if (pairs) {
    const { key, separator } = pairs
    const asPairs = separatorsLike(separator).map((text) => ({
      pairs: text === separator ? pairs : { separator: text, key },
    }))
    // With only one pair, the header may be a plain value with a prefix.
    return value.includes(separator) ? asPairs : [{ prefix: `${key}=` }, ...asPairs]
  }
  // Two different signatures belong to two secrets; the same one twice was duplicated in transit.
  if (!list) return [new Set(values).size > 1 ? { ...withPrefix, repeats: true } : withPrefix]
  const asList = separatorsLike(list.separator).map((separator) => ({ ...withPrefix, list: { separator } }))
  return value.includes(list.separator) ? asList : [withPrefix, ...asList]
}

/** The separator with and without a space after it. */
function separatorsLike(separator: string): readonly string[] {
  return separator.endsWith(' ') ? [separator] : [separator, `${separator} `]
}

/** Both alphabets give the same text if it has no `+` or `/` and no padding. */
function isSameIn(bytes: Uint8Array, encoding: 'base64' | 'base64url'): boolean {
  const other = encoding === 'base64' ? 'base64url' : 'base64'
  const buffer = Buffer.from(bytes)
  return buffer.toString(encoding) === buffer.toString(other)
}
