import { createHash, createHmac } from 'node:crypto'
import type { HmacAlgorithm } from '@countersign/core'

/** What a signature may be the result of. Those a scheme cannot name are here so that they can be recognised. */
export type DigestAlgorithm = HmacAlgorithm | ForeignHmac | KeyedHash

/** HMACs that no scheme may name. */
export type ForeignHmac = 'hmac-md5' | 'hmac-sha224' | 'hmac-sha3-256' | 'hmac-sha3-512'

/** A hash with the secret put before or after the content, or left out. */
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

/** How many bytes an algorithm gives. */
export function digestLength(algorithm: DigestAlgorithm): number {
  return lengths[hashOf(algorithm)] ?? 0
}

/** The digest over the parts, one after the other. "body" in an algorithm's name stands for all of them. */
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
