import type { SchemeDescriptor } from '@countersign/core'
import { type DigestAlgorithm, digestLength } from '../../recompute/compute-digest.js'
import type { Fault } from '../../recompute/types.js'

/** An algorithm, and the fault where it is not the scheme's. */
export interface FoundAlgorithm {
  readonly algorithm: DigestAlgorithm
  readonly faults: readonly Fault[]
}

const hmacs: readonly DigestAlgorithm[] = [
  'hmac-sha256',
  'hmac-sha1',
  'hmac-sha512',
  'hmac-sha384',
  'hmac-md5',
  'hmac-sha224',
  'hmac-sha3-256',
  'hmac-sha3-512',
]
const keyedHashes = (['sha256', 'sha1', 'sha512', 'md5', 'sha384', 'sha224'] as const).flatMap((name) => [
  `${name}(secret+body)` as const,
  `${name}(body+secret)` as const,
])
const unkeyedHashes = (['sha256', 'sha1', 'sha512', 'md5', 'sha384', 'sha224'] as const).map(
  (name) => `${name}(body)` as const,
)

/** The algorithms whose digests are as long as what stands in the headers: the scheme's own, then the others. */
export function algorithmsFor(
  { signature }: SchemeDescriptor,
  lengths: ReadonlySet<number>,
): { readonly own: readonly FoundAlgorithm[]; readonly others: readonly FoundAlgorithm[] } {
  const possible = (
    list: readonly DigestAlgorithm[],
    cause: (name: DigestAlgorithm) => string,
    cost: number,
  ) =>
    list
      .filter((algorithm) => algorithm !== signature.algorithm && lengths.has(digestLength(algorithm)))
      .map(
        (algorithm): FoundAlgorithm => ({
          algorithm,
          faults: [{ cause: cause(algorithm), target: 'algorithm', cost }],
        }),
      )
  const isOwn = hmacs.find((algorithm) => algorithm === signature.algorithm)
  return {
    own: isOwn && lengths.has(digestLength(isOwn)) ? [{ algorithm: isOwn, faults: [] }] : [],
    others: [
      ...possible(hmacs, (name) => `algorithm.${name}`, 1),
      ...possible(keyedHashes, () => 'sig.not-hmac', 1.1),
      ...possible(unkeyedHashes, () => 'sig.unkeyed-hash', 1.2),
    ],
  }
}
