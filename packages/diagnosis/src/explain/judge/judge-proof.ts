import { randomBytes } from 'node:crypto'
import { computeDigest } from '../../recompute/compute-digest.js'
import { contentParts } from '../search/content-parts.js'
import type { Match } from '../search/match.js'
import type { PlaceMap } from '../search/place-map.js'

/** Why a match proves less than it seems to. */
export type Doubt = 'few-bits' | 'empty-body' | 'trivial-key' | 'any-secret' | 'any-body'

const minBits = 128
/** Values of a configuration in which no secret has been set. */
const guessable =
  /^(undefined|null|nan|none|true|false|secret|password|test|todo|change[-_ ]?me|x+|\*+|your[-_ ].*)$/i

/** Why a match is not a proof; undefined if it is one. Ties are handled elsewhere. */
export function findDoubt(match: Match, places: PlaceMap): Doubt | undefined {
  const { algorithm, key, body, template } = match
  const length = match.places[0]?.bytes.length ?? 0
  if (length * 8 < minBits) return 'few-bits'
  if (body.bytes.length === 0) return 'empty-body'
  if (isTrivial(key.bytes)) return 'trivial-key'
  const parts = contentParts(body.bytes)(template.template)
  // Two control experiments: with a random key, or with one bit of the body changed, nothing may match.
  if (places.at(computeDigest(algorithm, randomBytes(32), parts))) return 'any-secret'
  const otherBody = Buffer.from(body.bytes)
  const middle = otherBody.length >> 1
  otherBody[middle] = (otherBody[middle] ?? 0) ^ 1
  const otherParts = contentParts(otherBody)(template.template)
  return places.at(computeDigest(algorithm, key.bytes, otherParts)) ? 'any-body' : undefined
}

/** A key that anyone can guess proves nothing about who signed. */
function isTrivial(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === bytes[0]) || guessable.test(Buffer.from(bytes).toString('latin1'))
}
