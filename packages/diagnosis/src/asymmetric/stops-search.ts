import type { SignaturePlace } from '../recompute/types.js'
import type { AsymmetricSignature } from './asymmetric-signature.js'

/** Headers that hold what is as long as a MAC, and that belong to a signature with a private key or to none. */
const besides = /^(signature|signature-input|content-digest|repr-digest|digest)$/i
const macLengths: ReadonlySet<number> = new Set([20, 32, 48, 64])

/** Whether nothing else in the request can be a MAC, so that looking for one is in vain. */
export function stopsSearch(
  { header, isCertain }: AsymmetricSignature,
  places: readonly SignaturePlace[],
): boolean {
  if (isCertain) return true
  return !places.some(
    (place) => macLengths.has(place.bytes.length) && place.header !== header && !besides.test(place.header),
  )
}
