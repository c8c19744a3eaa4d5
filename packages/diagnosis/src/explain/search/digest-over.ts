import { hash } from 'node:crypto'
import { computeDigest, type DigestAlgorithm } from '../../recompute/compute-digest.js'

/** Gives the digest of one content under any algorithm and key, its bytes as one character each. */
export type DigestOver = (algorithm: DigestAlgorithm, key: Uint8Array) => string

/** Block sizes of the hashes (RFC 2104), in bytes. */
const blockSizes: Partial<Record<DigestAlgorithm, 64 | 128>> = {
  'hmac-md5': 64,
  'hmac-sha1': 64,
  'hmac-sha224': 64,
  'hmac-sha256': 64,
  'hmac-sha384': 128,
  'hmac-sha512': 128,
}
const largestBlock = 128
/** A longer content takes so long that putting it together would cost more than it saves. */
const maxLength = 64 * 1024

interface Pads {
  readonly inner: Buffer
  /** Room for the inner digest behind it. */
  readonly outer: Buffer
}

const padsOfKeys = new WeakMap<Uint8Array, Map<DigestAlgorithm, Pads>>()

/**
 * HMAC by its definition, out of two hashes: an `Hmac` object costs several times a digest over a short content, and a
 * search makes tens of thousands.
 */
export function digestOver(parts: readonly Uint8Array[]): DigestOver {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  let message: Buffer | undefined
  return (algorithm, key) => {
    const blockSize = blockSizes[algorithm]
    if (blockSize === undefined || length > maxLength)
      return computeDigest(algorithm, key, parts).toString('latin1')
    message ??= Buffer.concat([Buffer.alloc(largestBlock), ...parts])
    const { inner, outer } = padsOf(algorithm, key, blockSize)
    const keyed = message.subarray(largestBlock - blockSize)
    inner.copy(keyed)
    const name = algorithm.slice('hmac-'.length)
    outer.write(hash(name, keyed, 'binary'), blockSize, 'latin1')
    return hash(name, outer, 'binary')
  }
}

function padsOf(algorithm: DigestAlgorithm, key: Uint8Array, blockSize: number): Pads {
  let ofKey = padsOfKeys.get(key)
  if (!ofKey) {
    ofKey = new Map()
    padsOfKeys.set(key, ofKey)
  }
  const known = ofKey.get(algorithm)
  if (known) return known
  const name = algorithm.slice('hmac-'.length)
  const digestLength = hash(name, '', 'buffer').length
  const block = Buffer.alloc(blockSize)
  block.set(key.length > blockSize ? hash(name, key, 'buffer') : key)
  const pads = {
    inner: Buffer.from(block.map((byte) => byte ^ 0x36)),
    outer: Buffer.concat([Buffer.from(block.map((byte) => byte ^ 0x5c)), Buffer.alloc(digestLength)]),
  }
  ofKey.set(algorithm, pads)
  return pads
}
