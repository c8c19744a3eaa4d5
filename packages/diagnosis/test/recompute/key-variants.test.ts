import type { HmacProof } from '@countersign/core'
import { github, standardWebhooks } from '@countersign/core/schemes'
import { describe, expect, test } from 'vitest'
import { keyVariants } from '../../src/recompute/key-variants.js'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const decoded = Buffer.from(secret.slice(6), 'base64')
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

describe('readings of a secret', () => {
  test('the configured one comes first and has no fault', () => {
    const [first, second] = keyVariants([secret], standardWebhooks())

    const notation = { encoding: 'base64', prefix: ['v1,whsec_', 'whsec_'] }
    expect(first).toMatchObject({ secret: 0, faults: [], notation })
    expect(decoded.equals(first?.bytes ?? new Uint8Array())).toBe(true)
    expect(second?.faults).toHaveLength(1)
  })

  test('without a scheme all plain readings have none', () => {
    const plain = keyVariants([secret]).filter(({ faults }) => faults.length === 0)

    expect(plain.map(({ notation }) => notation)).toEqual([
      { encoding: 'utf8' },
      { encoding: 'base64' },
      { encoding: 'utf8', prefix: 'whsec_' },
      { encoding: 'base64', prefix: 'whsec_' },
    ])
  })

  test('two things at once are undone, and each key comes once', () => {
    const keys = keyVariants([' "a%2Bb-0123456789"\n'], github())
    const found = keys.find(({ bytes }) => text(bytes) === '"a+b-0123456789"')

    expect(found?.faults.map(({ cause }) => cause).sort()).toEqual([
      'secret.surrounding-space',
      'secret.url-encoded',
    ])
    const names = keys.map(({ bytes }) =>
      Buffer.from(bytes)
        .toString('hex')
        .replace(/(00)+$/, ''),
    )
    expect(new Set(names).size).toBe(keys.length)
  })

  test('fewer faults come first', () => {
    const counts = keyVariants([`"${secret}"`], github()).map(({ faults }) => faults.length)

    expect(counts).toEqual([...counts].sort())
  })

  test('another secret has the fault of being another', () => {
    const keys = keyVariants(['current-0123456789', 'old-0123456789'], github(), ['CURRENT', 'OLD'])

    expect(keys.find(({ bytes }) => text(bytes) === 'old-0123456789')).toMatchObject({
      secret: 1,
      faults: [{ cause: 'secret.rotated' }],
    })
  })

  const pairs = { separator: ',', key: 'v1' }
  test.each<[string, Partial<HmacProof>]>([
    ['a list', { list: { separator: ' ' } }],
    ['other headers', { moreHeaders: ['X-Signature-2'] }],
    ['numbered headers', { header: 'X-Signature-1', moreHeaders: 'numbered' }],
    ['the header again', { repeats: true }],
    ['pairs of other names', { pairs: { ...pairs, moreKeys: ['v2'] } }],
    ['groups of pairs', { pairs: { ...pairs, groups: { separator: ' ' } } }],
    ['a pair of several values', { pairs: { ...pairs, values: { separator: ',' } } }],
  ])('another secret may be the rotated one where the scheme has %s for it', (_, rest) => {
    const causesUnder = (proof: Partial<HmacProof>) => {
      const signature: HmacProof = {
        algorithm: 'hmac-sha256',
        header: 'X-Signature',
        encoding: 'hex',
        ...proof,
      }
      const scheme = { name: 'shop', signature, signedContent: '{body}' }
      const keys = keyVariants(['one-0123456789', 'another-0123456789'], scheme, ['A', 'B'])
      const found = keys.find(({ bytes }) => text(bytes) === 'another-0123456789')
      return found?.faults.map(({ cause }) => cause)
    }
    expect(causesUnder(rest)).toEqual(['secret.rotated'])
    expect(causesUnder({})).toEqual(['secret.other-endpoint'])
  })

  test('bytes are a key as they are, and as the text they may be', () => {
    const keys = keyVariants([Buffer.from('secret-0123456789\n')], github())

    expect(keys[0]).toMatchObject({ faults: [] })
    expect(keys.some(({ bytes }) => text(bytes) === 'secret-0123456789')).toBe(true)
    expect(keyVariants([Uint8Array.of(0xff, 0xfe)], github())).toHaveLength(1)
  })
})
