import type { HmacAlgorithm, HmacProof } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import type { SignaturePlace } from '../recompute/types.js'

type Form = Pick<HmacProof, 'prefix' | 'list' | 'pairs' | 'repeats'>

/**
 * The ways to describe how a signature stands in its header, the plainest first: one value, a list where it has several
 * members, pairs where other names stand beside the signature's.
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
  return formsOf(place, valuesOf(capture, header)).flatMap((form) =>
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
    // Where it stands alone, nothing shows that other names may stand beside it.
    return value.includes(separator) ? asPairs : [{ prefix: `${key}=` }, ...asPairs]
  }
  // Two signatures are two secrets'; the same one twice was doubled on its way.
  if (!list) return [new Set(values).size > 1 ? { ...withPrefix, repeats: true } : withPrefix]
  const asList = separatorsLike(list.separator).map((separator) => ({ ...withPrefix, list: { separator } }))
  return value.includes(list.separator) ? asList : [withPrefix, ...asList]
}

/** Where a blank follows the separator, the blank is part of it. */
function separatorsLike(separator: string): readonly string[] {
  return separator.endsWith(' ') ? [separator] : [separator, `${separator} `]
}

/** Without `+` and `/`, and without padding, both alphabets write the same. */
function isSameIn(bytes: Uint8Array, encoding: 'base64' | 'base64url'): boolean {
  const other = encoding === 'base64' ? 'base64url' : 'base64'
  const buffer = Buffer.from(bytes)
  return buffer.toString(encoding) === buffer.toString(other)
}

function valuesOf({ headers }: Capture, header: string): readonly string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === header.toLowerCase() ? [value] : []))
}
