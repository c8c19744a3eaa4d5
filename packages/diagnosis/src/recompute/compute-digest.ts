import { createHash, createHmac } from 'node:crypto'
import type { HmacAlgorithm } from '@countersign/core'

/** Algorithms that may have created a signature. Those that schemes do not support are included to recognize them. */
export type DigestAlgorithm = HmacAlgorithm | ForeignHmac | KeyedHash

/** HMACs that schemes do not support. */
export type ForeignHmac = 'hmac-md5' | 'hmac-sha224' | 'hmac-sha3-256' | 'hmac-sha3-512'

/** A plain hash with the secret before or after the content, or without it. */
export type KeyedHash = `${HashName}(${'secret+body' | 'body+secret' | 'body'})`

type HashName = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

const lengths: Readonly<Record<string, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha3-256': 32,
  'sha3-512': 64,
}

/** The length of an algorithm's digest in bytes. */
export function digestLength(algorithm: DigestAlgorithm): number {
  return lengths[hashOf(algorithm)] ?? 0
}

/** Computes the digest over the concatenated parts. "body" in an algorithm's name means all of them. */
export function computeDigest(
  algorithm: DigestAlgorithm,
  key: Uint8Array,
  parts: readonly Uint8Array[],
): Buffer {
  const isHmac = algorithm.startsWith('hmac-')
  const digest = isHmac ? createHmac(hashOf(algorithm), key) : createHash(hashOf(algorithm))
  if (algorithm.endsWith('(secret+body)')) digest.update(key)
  for (const part of parts) digest.update(part)
  if (algorithm.endsWith('(body+secret)')) digest.update(key)
  return digest.digest()
}

function hashOf(algorithm: DigestAlgorithm): string {
  return algorithm.startsWith('hmac-') ? algorithm.slice('hmac-'.length) : algorithm.replace(/\(.*$/, '')
}
