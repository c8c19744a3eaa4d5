import { verify } from '@countersign/core'
import { embeddable, visisto } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { code, mac, now, options, post } from '../support/requests.js'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

describe('a timestamp', () => {
  const at = (timestamp: string, changes: object = {}) =>
    verify(visibuildDelivery({ timestamp }), { ...options, ...changes })
  const seconds = nowMs / 1000

  it.each([
    '123junk',
    ' 123',
    '123 ',
    '+123',
    '-123',
    '0123',
    '1e3',
    '0x7b',
    '12.3',
    '１２３',
    '1'.repeat(20),
    'NaN',
    'Infinity',
  ])('written %j is malformed, however it is signed', async (text) => {
    await expect(at(text)).rejects.toEqual(code('TIMESTAMP_MALFORMED'))
  })

  it('is accepted at both edges of the window and refused beyond them', async () => {
    await expect(at(String(seconds - 300))).resolves.toBeDefined()
    await expect(at(String(seconds + 300))).resolves.toBeDefined()
    await expect(at(String(seconds - 301))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
      authentic: true,
    })
    await expect(at(String(seconds + 301))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
      authentic: true,
    })
  })

  it('a year ahead is refused', async () => {
    await expect(at(String(seconds + 31_536_000))).rejects.toEqual(code('TIMESTAMP_TOO_NEW'))
  })

  it('can have a tolerance of 0', async () => {
    await expect(at(String(seconds), { toleranceSeconds: 0 })).resolves.toBeDefined()
    await expect(at(String(seconds - 1), { toleranceSeconds: 0 })).rejects.toEqual(code('TIMESTAMP_TOO_OLD'))
    await expect(at(String(seconds + 1), { toleranceSeconds: 0 })).rejects.toEqual(code('TIMESTAMP_TOO_NEW'))
  })

  it('may have a tolerance for each direction', async () => {
    const toleranceSeconds = { past: 3600, future: 10 }
    await expect(at(String(seconds - 3600), { toleranceSeconds })).resolves.toBeDefined()
    await expect(at(String(seconds + 11), { toleranceSeconds })).rejects.toEqual(code('TIMESTAMP_TOO_NEW'))
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '300', null])(
    'has no tolerance of %s',
    async (toleranceSeconds) => {
      await expect(at(String(seconds), { toleranceSeconds })).rejects.toEqual(code('OPTION_INVALID'))
    },
  )

  it('must be the signed one: a new header with an old body is refused', async () => {
    const old = visibuildDelivery({ timestamp: String(seconds - 4000) })
    const refreshed = { ...old, headers: { ...old.headers, 'x-visibuild-timestamp': String(seconds) } }
    await expect(verify(refreshed, options)).rejects.toEqual(code('SIGNATURE_MISMATCH'))
  })

  it('is undefined for schemes that sign none', async () => {
    const delivery = await verify(post({ 'x-signature': `sha256=${mac('{}').digest('hex')}` }), {
      scheme: embeddable(),
      secret,
    })
    expect(delivery.timestamp).toBeUndefined()
  })
})

describe('a time in the body', () => {
  const deliver = (payload: unknown, changes: object = {}, scheme = visisto()) => {
    const body = JSON.stringify(payload)
    return verify(post({ 'x-visisto-signature': mac(body).digest('hex') }, body), {
      scheme,
      secret,
      now,
      ...changes,
    })
  }
  const data = { email: 'ada@example.com' }

  it('is checked in both directions: 72 h of retries and some slack in the past, five minutes in the future', async () => {
    await expect(deliver({ timestamp: '2026-03-14T09:00:00Z', data })).resolves.toMatchObject({
      timestamp: nowMs - 72 * 3_600_000,
    })
    await expect(deliver({ timestamp: '2026-03-13T09:00:00Z', data })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
      authentic: true,
    })
    await expect(deliver({ timestamp: '2026-03-17T09:05:01Z', data })).rejects.toEqual(
      code('TIMESTAMP_TOO_NEW'),
    )
  })

  it('is checked even if the payload is not parsed', async () => {
    await expect(deliver({ timestamp: '2025-01-01T00:00:00Z', data }, { parse: false })).rejects.toEqual(
      code('TIMESTAMP_TOO_OLD'),
    )
    await expect(
      deliver({ timestamp: '2026-03-17T09:00:00Z', data }, { parse: false }),
    ).resolves.toMatchObject({ payload: undefined })
  })

  it.each([undefined, null, ''])(
    'that is missing (%s) is refused, unless an option says that the sender omits it',
    async (timestamp) => {
      await expect(deliver({ timestamp, data })).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_TIMESTAMP_MISSING',
        authentic: true,
      })
      await expect(deliver({ timestamp, data }, {}, visisto({ timestamp: false }))).resolves.toMatchObject({
        timestamp: undefined,
      })
    },
  )

  it.each([
    '2026-03-17',
    '2026-03-17 09:00:00Z',
    '2026-02-30T09:00:00Z',
    '2026-03-17T09:00:00',
    '2026-13-01T00:00:00Z',
    '17 March 2026',
    5,
    {},
    [],
    '2026-03-17T25:00:00Z',
  ])('written %j is malformed', async (timestamp) => {
    await expect(deliver({ timestamp, data })).rejects.toEqual(code('TIMESTAMP_MALFORMED'))
  })

  it('can have another place, by option', async () => {
    const scheme = visisto({ timestamp: { json: '/sent/at', unit: 'iso8601' } })
    await expect(
      deliver({ sent: { at: '2026-03-17T11:00:00+02:00' }, data }, {}, scheme),
    ).resolves.toMatchObject({ timestamp: nowMs })
  })
})
