import { describe, expect, test } from 'vitest'
import { findPlaces } from '../../src/recompute/signature-places.js'

const bytes = Buffer.from('ab86b8fa116f84a69a6b844f91aadd83ad64a5520ec309087d52a0b395d9728c', 'hex')
const hex = bytes.toString('hex')
const base64 = bytes.toString('base64')
const best = (value: string, name = 'X-Signature') => findPlaces([[name, value]])[0]
const plain = { prefix: '', list: undefined, pairs: undefined, oddities: [] }

describe('the best reading of a header', () => {
  test.each([
    ['hex', hex, { ...plain, encoding: 'hex' }],
    ['hex in capitals', hex.toUpperCase(), { ...plain, encoding: 'hex' }],
    ['base64', base64, { ...plain, encoding: 'base64' }],
    ['base64url', bytes.toString('base64url'), { ...plain, encoding: 'base64url' }],
    ['base64 without padding', base64.slice(0, -1), { ...plain, encoding: 'base64', oddities: ['unpadded'] }],
    ['a prefix', `sha256=${hex}`, { ...plain, prefix: 'sha256=' }],
    ['a prefix in words', `HMAC ${base64}`, { ...plain, prefix: 'HMAC ' }],
    ['a version and a signature', `v1,${base64}`, { ...plain, prefix: 'v1,', list: { separator: ' ' } }],
    ['a list', `v1,${base64} v1,${base64}`, { ...plain, prefix: 'v1,', list: { separator: ' ' } }],
    ['pairs', `t=1,v1=${hex}`, { ...plain, pairs: { separator: ',', key: 'v1' } }],
    ['other pairs', `ts=1;h1=${hex}`, { ...plain, pairs: { separator: ';', key: 'h1' } }],
    [
      'pairs with blanks',
      `t=1, v1=${hex}`,
      { ...plain, pairs: { separator: ',', key: 'v1' }, oddities: ['blanks'] },
    ],
    ['quotes', `"${hex}"`, { ...plain, oddities: ['quotes'] }],
    ['a byte sequence of RFC 8941', `sig1=:${base64}:`, { ...plain, prefix: 'sig1=', oddities: ['quotes'] }],
  ])('%s', (_, value, expected) => {
    expect(best(value)).toMatchObject({ header: 'X-Signature', ...expected })
    expect(Buffer.from(best(value)?.bytes ?? []).equals(bytes)).toBe(true)
  })

  test.each([
    ['words', 'application/json; charset=utf-8'],
    ['a digest that was cut', hex.slice(0, -2)],
    ['base64 with bits left over', `${base64.slice(0, -2)}x=`],
    ['nothing', ''],
  ])('%s: none', (_, value) => {
    expect(best(value)).toBeUndefined()
  })
})

test.each([16, 20, 28, 32, 48, 64])('a digest of %i bytes', (length) => {
  const digest = Buffer.alloc(length, 0xfb)
  expect(best(digest.toString('hex'))?.bytes).toHaveLength(length)
  expect(best(digest.toString('base64'))?.bytes).toHaveLength(length)
})

test('headers that are called a signature come first', () => {
  const places = findPlaces([
    ['X-Request-Checksum', hex],
    ['traceparent', bytes.toString('hex').slice(0, 32)],
    ['X-Acme-Signature', `sha256=${hex}`],
  ])
  expect(places.map(({ header }) => header)[0]).toBe('X-Acme-Signature')
  expect(places.at(-1)?.header).toBe('traceparent')
})

test('a header that came twice is read twice, and said to be repeated', () => {
  const places = findPlaces([
    ['X-Signature', hex],
    ['x-signature', hex],
  ])
  expect(places.filter(({ oddities }) => oddities.includes('repeated'))).toHaveLength(places.length)
})
