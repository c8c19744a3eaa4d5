import { runVectors } from '@countersign/testing'
import { expect, test, vi } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'

// This file runs twice: over node:crypto, and (project vectors-webcrypto) over WebCrypto.
const webCrypto = process.env.COUNTERSIGN_CRYPTO === 'web'

// All of them in one test: on a busy machine that takes more than a test's usual 5 s.
test('verify() decides every vector as stated, over the crypto this run is about', {
  timeout: 60_000,
}, async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const sign = vi.spyOn(globalThis.crypto.subtle, 'sign')

  const { passed, failed } = await runVectors(vectors)

  expect(failed.map(({ difference }) => difference)).toEqual([])
  expect(passed).toBe(vectors.length)
  expect(sign.mock.calls.length > 0).toBe(webCrypto)
  vi.restoreAllMocks()
  console.info(`${passed} vectors passed over ${webCrypto ? 'WebCrypto' : 'node:crypto'}`)
})

test('there are 250 vectors or more, for every scheme and shape', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(250)
  expect([...new Set(vectors.map(({ file }) => file))]).toEqual([
    'embeddable',
    'fingerprinting-api-hmac',
    'fingerprinting-api-token',
    'generic-base64',
    'generic-basic',
    'generic-bearer',
    'generic-body-digest-base64',
    'generic-body-digest',
    'generic-bytes',
    'generic-gzip-as-sent',
    'generic-gzip',
    'generic-hex',
    'generic-list',
    'generic-method-url',
    'generic-numbered-headers',
    'generic-pair-groups',
    'generic-pair-names',
    'generic-pair-values',
    'generic-pairs-base64url',
    'generic-pairs',
    'generic-prefixed-hex',
    'generic-query-token',
    'generic-repeated-header',
    'generic-second-header',
    'generic-sha1',
    'generic-sha512',
    'generic-time-in-list',
    'generic-timestamp-body',
    'github',
    'scratcher-get',
    'scratcher',
    'shopify',
    'slack',
    'standard-webhooks',
    'stripe',
    'visibuild',
    'visisto',
  ])
})
