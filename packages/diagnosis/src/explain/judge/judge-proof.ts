import { randomBytes } from 'node:crypto'
import { computeDigest } from '../../recompute/compute-digest.js'
import { contentParts } from '../search/content-parts.js'
import type { Match } from '../search/match.js'
import type { PlaceMap } from '../search/place-map.js'

/** Why a match shows less than it seems to. */
export type Doubt = 'few-bits' | 'empty-body' | 'trivial-key' | 'any-secret' | 'any-body'

const minBits = 128
/** What stands in a configuration before anybody has put a secret there. */
const guessable =
  /^(undefined|null|nan|none|true|false|secret|password|test|todo|change[-_ ]?me|x+|\*+|your[-_ ].*)$/i

/** What keeps a match from being a proof; undefined: nothing. Ties are not seen here. */
export function doubtOf(match: Match, places: PlaceMap): Doubt | undefined {
  const { algorithm, key, body, template } = match
  const length = match.places[0]?.bytes.length ?? 0
  if (length * 8 < minBits) return 'few-bits'
  if (body.bytes.length === 0) return 'empty-body'
  if (isTrivial(key.bytes)) return 'trivial-key'
  const parts = contentParts(body.bytes)(template.template)
  // Both controls change one thing and must not match: else the signature does not depend on it.
  if (places.at(computeDigest(algorithm, randomBytes(32), parts))) return 'any-secret'
  const otherBody = Buffer.from(body.bytes)
  const middle = otherBody.length >> 1
  otherBody[middle] = (otherBody[middle] ?? 0) ^ 1
  const otherParts = contentParts(otherBody)(template.template)
  return places.at(computeDigest(algorithm, key.bytes, otherParts)) ? 'any-body' : undefined
}

/** A key that anybody would guess proves nothing of who signed. */
function isTrivial(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === bytes[0]) || guessable.test(Buffer.from(bytes).toString('latin1'))
}
