import type { SignaturePlace } from '../recompute/types.js'
import type { AsymmetricSignature } from './asymmetric-signature.js'

/** Headers whose values are as long as a MAC but belong to an asymmetric signature or are plain digests. */
const digestHeaders = /^(signature|signature-input|content-digest|repr-digest|digest)$/i
const macLengths: ReadonlySet<number> = new Set([20, 32, 48, 64])

/** Whether nothing else in the request can be a MAC, so that a search for one is pointless. */
export function rulesOutHmac(
  { header, isCertain }: AsymmetricSignature,
  places: readonly SignaturePlace[],
): boolean {
  if (isCertain) return true
  return !places.some(
    (place) =>
      macLengths.has(place.bytes.length) && place.header !== header && !digestHeaders.test(place.header),
  )
}
