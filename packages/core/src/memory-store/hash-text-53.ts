/**
 * Hashes a string to an integer below 2^53, so that a record stores 8 bytes instead of the string. Not a cryptographic hash:
 * it is used only for digests and random tokens, which an attacker cannot choose to collide.
 */
export function hashText53(text: string): number {
  let low = 0x9e3779b9
  let high = 0x85ebca6b
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high + unit, 0x5bd1e995) ^ (high >>> 15)
  }
  low = Math.imul(low ^ (low >>> 16), 0x7feb352d)
  low = Math.imul(low ^ (low >>> 15), 0x846ca68b)
  high = Math.imul(high ^ (high >>> 16), 0x7feb352d)
  high = Math.imul(high ^ (high >>> 15), 0x846ca68b)
  return ((high ^ (high >>> 16)) & 0x1fffff) * 2 ** 32 + ((low ^ (low >>> 16)) >>> 0)
}
