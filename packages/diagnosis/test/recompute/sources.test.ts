import { describe, expect, test } from 'vitest'
import { idSources } from '../../src/recompute/id-sources.js'
import { timeSources, timeUnitOf } from '../../src/recompute/time-sources.js'
import { urlVariants } from '../../src/recompute/url-variants.js'

describe('a text is a time', () => {
  test.each([
    ['1773738000', 's'],
    ['1773738000123', 'ms'],
    ['2026-03-17T09:00:00Z', 'iso8601'],
    ['2026-03-17T09:00:00.123456789+01:00', 'iso8601'],
    ['17737380001', undefined],
    ['0773738000', undefined],
    ['1773738000.5', undefined],
    ['Tue, 17 Mar 2026 09:00:00 GMT', undefined],
    ['9999999999', undefined],
  ])('%s: %s', (text, unit) => {
    expect(timeUnitOf(text)).toBe(unit)
  })
})

describe('times', () => {
  test('stand in headers and in pairs; those that are called a time come first', () => {
    const headers = [
      ['X-Order', '1773730000'],
      ['X-Signature', 't=1773738000, v1=abcdef'],
      ['X-Acme-Timestamp', '2026-03-17T09:00:00Z'],
    ] as const

    expect(timeSources({ headers })).toEqual([
      { text: '1773738000', source: { header: 'X-Signature', key: 't', unit: 's' } },
      { text: '2026-03-17T09:00:00Z', source: { header: 'X-Acme-Timestamp', unit: 'iso8601' } },
      { text: '1773730000', source: { header: 'X-Order', unit: 's' } },
    ])
  })

  test('a header that came twice, or that a proxy writes, is none', () => {
    const headers = [
      ['X-Acme-Timestamp', '1773738000'],
      ['x-acme-timestamp', '1773738000'],
      ['Content-Length', '1773738000'],
      ['X-Request-Start', '1773738000'],
    ] as const

    expect(timeSources({ headers })).toEqual([])
  })
})

describe('ids', () => {
  const idsOf = (...headers: (readonly [string, string])[]) =>
    idSources({ headers }).map(({ source }) => 'header' in source && source.header)

  test('the names that senders use come before those of proxies', () => {
    expect(
      idsOf(
        ['X-Request-Id', 'r-1'],
        ['X-Acme-Webhook-Id', 'wh_1'],
        ['X-Acme-Event-Id', 'evt_1'],
        ['X-Acme-Delivery', 'd-1'],
        ['webhook-id', 'msg_1'],
      ),
    ).toEqual(['webhook-id', 'X-Acme-Delivery', 'X-Acme-Event-Id', 'X-Acme-Webhook-Id', 'X-Request-Id'])
  })

  test('a value that looks unique is an id under any name, and an event, a time or a signature is none', () => {
    expect(
      idsOf(
        ['X-Acme-Reference', 'b7c1d0f2-8a1c-4d5c-9f0e-0d6c2b7f1a11'],
        ['X-Acme-Event', 'order_paid_2026_03_17'],
        ['X-Acme-Sent-Id', '1773738000'],
        ['X-Acme-Signature', '0'.repeat(64)],
        ['X-Acme-Shop', 'shop'],
      ),
    ).toEqual(['X-Acme-Reference'])
  })
})

describe('URLs', () => {
  test('the URL as it is comes first, then what is left out of it', () => {
    expect(urlVariants('https://shop.example.com:443/hooks/in?x=1').slice(0, 4)).toEqual([
      'https://shop.example.com:443/hooks/in?x=1',
      'https://shop.example.com:443/hooks/in',
      '/hooks/in?x=1',
      '/hooks/in',
    ])
  })

  test('slash, scheme, port and escapes are tried the other way too', () => {
    expect(urlVariants('https://shop.example.com:443/h%C3%B6ks')).toEqual(
      expect.arrayContaining([
        'https://shop.example.com:443/h%C3%B6ks/',
        'http://shop.example.com:443/h%C3%B6ks',
        'https://shop.example.com/h%C3%B6ks',
        'https://shop.example.com:443/höks',
        'shop.example.com',
      ]),
    )
  })

  test('a path alone, escapes that are none, and no variant twice', () => {
    expect(urlVariants('/hooks?x=1')).toEqual(['/hooks?x=1', '/hooks'])
    const variants = urlVariants('http://a/%zz')
    expect(variants).toContain('http://a/%zz')
    expect(new Set(variants).size).toBe(variants.length)
  })
})
