import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { computeDigest, type DigestAlgorithm, digestLength } from '../../src/recompute/compute-digest.js'

const key = Buffer.from('a key')
const parts = [Buffer.from('one '), Buffer.from('two')]

const expected: readonly (readonly [DigestAlgorithm, string])[] = [
  ['hmac-sha256', createHmac('sha256', 'a key').update('one two').digest('hex')],
  ['hmac-sha1', createHmac('sha1', 'a key').update('one two').digest('hex')],
  ['hmac-sha384', createHmac('sha384', 'a key').update('one two').digest('hex')],
  ['hmac-sha512', createHmac('sha512', 'a key').update('one two').digest('hex')],
  ['hmac-md5', createHmac('md5', 'a key').update('one two').digest('hex')],
  ['hmac-sha3-256', createHmac('sha3-256', 'a key').update('one two').digest('hex')],
  ['sha256(secret+body)', createHash('sha256').update('a keyone two').digest('hex')],
  ['sha1(body+secret)', createHash('sha1').update('one twoa key').digest('hex')],
  ['md5(body)', createHash('md5').update('one two').digest('hex')],
]

test.each(expected)('%s', (algorithm, digest) => {
  expect(computeDigest(algorithm, key, parts).toString('hex')).toBe(digest)
  expect(digestLength(algorithm)).toBe(digest.length / 2)
})
