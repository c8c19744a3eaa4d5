import { createHmac, randomBytes } from 'node:crypto'
import { type HeadersInput, verify, type WebhookRequest } from '@countersign/core'
import {
  basicScheme,
  embeddable,
  fingerprintingApi,
  github,
  hmacScheme,
  scratcher,
  slack,
  standardWebhooks,
  stripe,
  tokenScheme,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

const now = () => nowMs
const options = { scheme: visibuild(), secret, now }
const code = (reason: string) => expect.objectContaining({ code: `ERR_WEBHOOK_${reason}` })
const mac = (content: string | Uint8Array, key: string | Uint8Array = secret, algorithm = 'sha256') =>
  createHmac(algorithm, key).update(content)
const post = (headers: HeadersInput, body: string | Uint8Array = '{}', url = '/'): WebhookRequest => ({
  method: 'POST',
  url,
  headers,
  body: Buffer.from(body),
})

describe('headers', () => {
  const { headers } = visibuildDelivery()
  it.each<[string, HeadersInput]>([
    ['a Headers object', new Headers(headers)],
    ['pairs', Object.entries(headers)],
    ['a Map', new Map(Object.entries(headers))],
    [
      'a record in any case',
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value])),
    ],
    [
      'a record of lists',
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    ],
    ['a record without prototype', Object.assign(Object.create(null), headers)],
  ])('may come as %s', async (_, form) => {
    expect((await verify({ ...visibuildDelivery(), headers: form }, options)).id).toBe('delivery-1')
  })

  it.each(['x-visibuild-signature', 'x-visibuild-timestamp', 'x-visibuild-delivery', 'x-visibuild-event'])(
    '%s twice is ambiguous, in every form and with equal values too',
    async (name) => {
      const value = headers[name] ?? ''
      const forms: HeadersInput[] = [
        [...Object.entries(headers), [name, value]],
        [...Object.entries(headers), [name.toUpperCase(), 'other']],
        { ...headers, [name]: [value, value] as unknown as string },
        { ...headers, [name.toUpperCase()]: value },
        { ...headers, [name]: `${value}, ${value}` },
      ]
      for (const form of forms) {
        await expect(verify({ ...visibuildDelivery(), headers: form }, options)).rejects.toEqual(
          code('HEADER_AMBIGUOUS'),
        )
      }
    },
  )

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'named %s are harmless',
    async (name) => {
      const pairs: [string, string][] = [...Object.entries(headers), [name, 'x']]
      expect((await verify({ ...visibuildDelivery(), headers: pairs }, options)).event).toBe('ticket.created')
      await expect(verify({ ...visibuildDelivery(), headers: [[name, 'x']] }, options)).rejects.toEqual(
        code('HEADER_MISSING'),
      )
    },
  )

  it('that are no strings are malformed, not a crash', async () => {
    for (const value of [5, null, {}, Symbol('x'), true]) {
      const form = { ...headers, 'x-visibuild-signature': value as unknown as string }
      await expect(verify({ ...visibuildDelivery(), headers: form }, options)).rejects.toEqual(
        code('HEADER_MALFORMED'),
      )
    }
  })

  it('over 4,096 characters or 16 parts are refused before they are taken apart', async () => {
    const scheme = stripe()
    const long = { 'stripe-signature': `t=1,${'v1=00,'.repeat(20)}` }
    await expect(verify(post(long), { scheme, secret, now })).rejects.toEqual(code('HEADER_MALFORMED'))
    const huge = { 'stripe-signature': `t=1,v1=${'0'.repeat(16_384)}` }
    await expect(verify(post(huge), { scheme, secret, now })).rejects.toEqual(code('HEADER_MALFORMED'))
  })
})

describe('every single bit', () => {
  const scheme = hmacScheme({
    name: 'all-signed',
    header: 'x-signature',
    encoding: 'hex',
    signedContent: '{id}.{timestamp}.{body}',
    timestamp: { header: 'x-timestamp', unit: 's' },
    deliveryId: { header: 'x-id' },
  })
  const time = String(nowMs / 1000)
  const body = Buffer.from('{"amount":5}')
  const signature = mac(`abc.${time}.${body}`).digest()
  const attempt = (parts: {
    body?: Uint8Array
    time?: string
    id?: string
    signature?: Uint8Array
    key?: Uint8Array
  }) =>
    verify(
      post(
        {
          'x-signature': Buffer.from(parts.signature ?? signature).toString('hex'),
          'x-timestamp': parts.time ?? time,
          'x-id': parts.id ?? 'abc',
        },
        parts.body ?? body,
      ),
      { scheme, secret: parts.key ?? Buffer.from(secret), now, parse: false, toleranceSeconds: 1e9 },
    )
  const flips = (bytes: Uint8Array) =>
    Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const flipped = Uint8Array.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return flipped
    })

  it('as it stands is accepted', async () => {
    expect((await attempt({})).id).toBe('abc')
  })

  it.each([
    ['the body', flips(body).map((flipped) => ({ body: flipped }))],
    ['the signature', flips(signature).map((flipped) => ({ signature: flipped }))],
    ['the secret', flips(Buffer.from(secret)).map((flipped) => ({ key: flipped }))],
    ['the id', flips(Buffer.from('abc')).map((flipped) => ({ id: Buffer.from(flipped).toString('latin1') }))],
    [
      'the timestamp',
      flips(Buffer.from(time)).map((flipped) => ({ time: Buffer.from(flipped).toString('latin1') })),
    ],
  ])('of %s counts', async (_, attempts) => {
    for (const parts of attempts)
      await expect(attempt(parts)).rejects.toMatchObject({ name: 'WebhookVerificationError' })
  })

  it('of an id counts where the sender sends bytes beyond ASCII', async () => {
    const id = Buffer.from('é', 'latin1')
    const own = mac(Buffer.concat([id, Buffer.from(`.${time}.`), body])).digest()
    expect((await attempt({ id: 'é', signature: own })).id).toBe('é')
    await expect(attempt({ id: 'ũ', signature: own })).rejects.toEqual(code('HEADER_MALFORMED'))
  })
})

describe('a signature', () => {
  const body = '{"name":"Ada"}'
  const hex = mac(body).digest('hex')
  const attempt = (value: string) =>
    verify(post({ 'x-signature': value }, body), { scheme: embeddable(), secret })

  it('of every wrong length is refused, the empty one too', async () => {
    for (let length = 0; length <= 128; length++) {
      if (length === 64) continue
      const value = `sha256=${hex.repeat(2).slice(0, length)}`
      await expect(attempt(value)).rejects.toEqual(code('HEADER_MALFORMED'))
    }
  })

  it('that names another algorithm changes nothing', async () => {
    const sha1 = mac(body, secret, 'sha1').digest('hex')
    const sha512 = mac(body, secret, 'sha512').digest('hex')
    for (const value of [
      `sha1=${sha1}`,
      `sha512=${sha512}`,
      `md5=${hex}`,
      'none=',
      `__proto__=${hex}`,
      `constructor=${hex}`,
    ]) {
      await expect(attempt(value)).rejects.toEqual(code('HEADER_MALFORMED'))
    }
  })

  it('is read in either case of hex, and all spellings have one key', async () => {
    const scheme = github()
    const keys = new Set<unknown>()
    for (const value of [hex, hex.toUpperCase(), hex.replace('a', 'A')]) {
      const headers = {
        'x-hub-signature-256': `sha256=${value}`,
        'x-github-delivery': 'd',
        'x-github-event': 'ping',
      }
      keys.add((await verify(post(headers, body), { scheme, secret })).idempotencyKey)
    }
    expect(keys.size).toBe(1)
  })

  it('in base64 has one spelling', async () => {
    const scheme = hmacScheme({ name: 'b64', header: 'x-sig', encoding: 'base64', signedContent: '{body}' })
    // A body whose MAC holds both characters that the URL alphabet writes in another way.
    const content = Array.from({ length: 500 }, (_, n) => `{"n":${n}}`).find((text) => {
      const encoded = mac(text).digest('base64')
      return encoded.includes('+') && encoded.includes('/')
    })
    const right = mac(content ?? '').digest('base64')
    const last = right.at(-2) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const twin = alphabet[alphabet.indexOf(last) ^ 1] ?? ''
    const wrong = [
      right.replaceAll('+', '-').replaceAll('/', '_'),
      right.replace('=', ''),
      `${right}=`,
      `${right}AAAA`,
      `${right}!`,
      ` ${right}`,
      `${right}\n`,
      right.replace(/.=$/, `${twin}=`),
      `${right.slice(0, 10)} ${right.slice(10)}`,
    ]
    const request = (value: string) => post({ 'x-sig': value }, content)
    await expect(verify(request(right), { scheme, secret })).resolves.toBeDefined()
    for (const value of wrong) {
      expect(Buffer.from(value, 'base64').subarray(0, 31)).toEqual(
        Buffer.from(right, 'base64').subarray(0, 31),
      )
      await expect(verify(request(value), { scheme, secret })).rejects.toEqual(code('HEADER_MALFORMED'))
    }
  })

  it('without its header, or with any one header missing, is refused', async () => {
    const { headers, ...rest } = visibuildDelivery()
    for (const name of ['x-visibuild-signature', 'x-visibuild-timestamp']) {
      const { [name]: _, ...others } = headers
      await expect(verify({ ...rest, headers: others }, options)).rejects.toEqual(code('HEADER_MISSING'))
    }
  })
})

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

  it('has a tolerance of 0 taken as 0', async () => {
    await expect(at(String(seconds), { toleranceSeconds: 0 })).resolves.toBeDefined()
    await expect(at(String(seconds - 1), { toleranceSeconds: 0 })).rejects.toEqual(code('TIMESTAMP_TOO_OLD'))
    await expect(at(String(seconds + 1), { toleranceSeconds: 0 })).rejects.toEqual(code('TIMESTAMP_TOO_NEW'))
  })

  it('may have a tolerance for each side', async () => {
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

  it('is the one that was signed: a fresh header over an old body is refused', async () => {
    const old = visibuildDelivery({ timestamp: String(seconds - 4000) })
    const refreshed = { ...old, headers: { ...old.headers, 'x-visibuild-timestamp': String(seconds) } }
    await expect(verify(refreshed, options)).rejects.toEqual(code('SIGNATURE_MISMATCH'))
  })

  it('is not claimed by schemes that sign none', async () => {
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

  it('is checked on both sides: 72 h of retries and some slack back, five minutes ahead', async () => {
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

  it('is checked although the payload is not asked for', async () => {
    await expect(deliver({ timestamp: '2025-01-01T00:00:00Z', data }, { parse: false })).rejects.toEqual(
      code('TIMESTAMP_TOO_OLD'),
    )
    await expect(
      deliver({ timestamp: '2026-03-17T09:00:00Z', data }, { parse: false }),
    ).resolves.toMatchObject({ payload: undefined })
  })

  it.each([undefined, null, ''])(
    'that is missing (%s) is refused, unless the user says the sender leaves it out',
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

  it('may stand elsewhere, by option', async () => {
    const scheme = visisto({ timestamp: { json: '/sent/at', unit: 'iso8601' } })
    await expect(
      deliver({ sent: { at: '2026-03-17T11:00:00+02:00' }, data }, {}, scheme),
    ).resolves.toMatchObject({ timestamp: nowMs })
  })
})

describe('a body', () => {
  it.each([
    ['a byte order mark', Buffer.from('\ufeff{"a":1}')],
    ['CRLF', Buffer.from('{\r\n"a":1}\r\n')],
    ['an emoji', Buffer.from('{"a":"🎟️"}')],
    ['$& and $$', Buffer.from('{"a":"$& $$ $\' $`"}')],
    ['an escaped NUL', Buffer.from('{"a":"\\u0000"}')],
    ['__proto__', Buffer.from('{"__proto__":{"polluted":true},"a":1}')],
  ])('with %s verifies by its bytes and parses', async (_, body) => {
    const delivery = await verify(visibuildDelivery({ body }), options)
    expect(Buffer.compare(delivery.rawBody, body)).toBe(0)
    expect(delivery.payload).toHaveProperty('a')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each([
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['NUL bytes', Buffer.from('{"a":1}\0')],
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('hello')],
  ])('of %s is authentic and malformed; without parsing it is a delivery', async (_, body) => {
    await expect(verify(visibuildDelivery({ body }), options)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_PAYLOAD_MALFORMED',
      authentic: true,
    })
    const delivery = await verify(visibuildDelivery({ body }), { ...options, parse: false })
    expect(Buffer.compare(delivery.rawBody, body)).toBe(0)
  })

  it('that two invalid UTF-8 texts would share decodes to neither', async () => {
    const request = visibuildDelivery({ body: Buffer.from([0x22, 0xff, 0x22]) })
    await expect(verify({ ...request, body: Buffer.from([0x22, 0xfe, 0x22]) }, options)).rejects.toEqual(
      code('SIGNATURE_MISMATCH'),
    )
  })

  it('that is text or an object is refused loudly, with the fix', async () => {
    for (const body of ['{"a":1}', { a: 1 }, undefined, null]) {
      const request = { ...visibuildDelivery(), body: body as unknown as Uint8Array }
      await expect(verify(request, options)).rejects.toThrow(/raw bytes/)
    }
  })

  it('is not read when the headers alone are reason enough', async () => {
    const body = vi.fn()
    const { headers } = visibuildDelivery()
    const refused: readonly (readonly [string, Partial<WebhookRequest>])[] = [
      ['METHOD_NOT_ALLOWED', { method: 'GET' }],
      ['HEADER_MISSING', { headers: {} }],
      ['HEADER_MALFORMED', { headers: { ...headers, 'x-visibuild-signature': 'sha256=zz' } }],
      ['TIMESTAMP_MALFORMED', { headers: { ...headers, 'x-visibuild-timestamp': 'now' } }],
      ['BODY_TOO_LARGE', { headers: { ...headers, 'content-length': '99999999' } }],
      ['BODY_ENCODED', { headers: { ...headers, 'content-encoding': 'gzip' } }],
      ['HEADER_MALFORMED', { headers: { ...headers, 'content-length': '12abc' } }],
    ]
    for (const [reason, change] of refused) {
      await expect(verify({ ...visibuildDelivery(), ...change, body }, options)).rejects.toEqual(code(reason))
    }
    expect(body).not.toHaveBeenCalled()
  })

  it('is held to the limit and to Content-Length whatever its reader gives', async () => {
    const { headers, body } = visibuildDelivery()
    const read = async () => body as Uint8Array
    const attempt = (extra: object, changes: object = {}) =>
      verify(
        { method: 'POST', url: '/', headers: { ...headers, ...extra }, body: read },
        { ...options, ...changes },
      )
    await expect(attempt({}, { maxBodyBytes: 10 })).rejects.toEqual(code('BODY_TOO_LARGE'))
    await expect(attempt({ 'content-length': '3' })).rejects.toEqual(code('BODY_INCOMPLETE'))
    await expect(attempt({ 'content-length': String((body as Uint8Array).length) })).resolves.toBeDefined()
  })

  it('whose reader fails is incomplete', async () => {
    const body = () => Promise.reject(new Error('ECONNRESET'))
    await expect(verify({ ...visibuildDelivery(), body }, options)).rejects.toEqual(code('BODY_INCOMPLETE'))
  })

  it.each(['gzip, chunked', 'gzip', 'chunked, gzip', 'identity'])(
    'under the transfer coding %s is refused as encoded, before it is read',
    async (coding) => {
      const { headers, ...request } = visibuildDelivery()
      const body = vi.fn()
      const coded = { ...request, headers: { ...headers, 'transfer-encoding': coding }, body }
      await expect(verify(coded, options)).rejects.toEqual(code('BODY_ENCODED'))
      expect(body).not.toHaveBeenCalled()
    },
  )

  it.each([
    ['of a whole number of MiB', 1024 * 1024, true],
    ['less than a piece below it', 1024 * 1024 - 65_535, true],
    ['a piece below it', 1024 * 1024 - 65_536, false],
    ['just above it', 1024 * 1024 + 1, false],
  ])('%s without a length is said to be cut off, perhaps, or not', async (_, length, isSaid) => {
    const cut = Buffer.alloc(length, 'x')
    const cutOff = new RegExp(`${length} bytes came, without a length`)
    const changed = /for these bytes: another secret, or a body changed/
    const request = { ...visibuildDelivery(), body: cut }
    const limits = { ...options, maxBodyBytes: 2 * 1024 * 1024 }
    await expect(verify(request, limits)).rejects.toThrow(isSaid ? cutOff : changed)
    const announced = { ...request, headers: { ...request.headers, 'content-length': String(cut.length) } }
    await expect(verify(announced, limits)).rejects.toThrow(changed)
  })

  it('in form encoding becomes fields', async () => {
    const body = 'email=ada%40example.com&tag=a&tag=b&__proto__=x'
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: `Basic ${Buffer.from('u:p:q').toString('base64')}`,
    }
    const delivery = await verify(post(headers, body), { scheme: scratcher(), secret: 'u:p:q' })
    expect(delivery.payload).toEqual(
      Object.fromEntries([
        ['email', 'ada@example.com'],
        ['tag', ['a', 'b']],
        ['__proto__', 'x'],
      ]),
    )
  })

  it('in form encoding may hold JSON in a field, as GitHub and Slack do', async () => {
    const body = `payload=${encodeURIComponent('{"zen":"ok"}')}`
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-hub-signature-256': `sha256=${mac(body).digest('hex')}`,
      'x-github-event': 'ping',
    }
    expect((await verify(post(headers, body), { scheme: github(), secret })).payload).toEqual({ zen: 'ok' })
  })
})

describe('tokens and credentials', () => {
  const token = 'token-0123456789'
  it('are compared whole', async () => {
    const scheme = fingerprintingApi({ event: 'NEW_VISIT' })
    const attempt = (value: string) =>
      verify(post({ 'x-webhook-signature': value }, '{"id":"v1"}'), { scheme, secret: token })
    await expect(attempt(token)).resolves.toMatchObject({ event: 'NEW_VISIT', id: 'v1' })
    for (const wrong of [token.slice(1), `${token}x`, token.toUpperCase(), `Bearer ${token}`]) {
      await expect(attempt(wrong)).rejects.toEqual(code('SIGNATURE_MISMATCH'))
    }
    await expect(attempt('')).rejects.toEqual(code('HEADER_MALFORMED'))
  })

  it('may have a prefix', async () => {
    const scheme = tokenScheme({ name: 'bearer', header: 'authorization', prefix: 'Bearer ' })
    await expect(
      verify(post({ authorization: `Bearer ${token}` }), { scheme, secret: token }),
    ).resolves.toBeDefined()
    await expect(
      verify(post({ authorization: `Basic ${token}` }), { scheme, secret: token }),
    ).rejects.toEqual(code('HEADER_MALFORMED'))
  })

  it('of Basic may hold colons in the password and need canonical base64', async () => {
    const scheme = basicScheme({ name: 'basic' })
    const attempt = (authorization: string) =>
      verify(post({ authorization }), { scheme, secret: { username: 'user', password: 'pa:ss:wörd' } })
    const right = Buffer.from('user:pa:ss:wörd').toString('base64')
    await expect(attempt(`Basic ${right}`)).resolves.toBeDefined()
    await expect(attempt(`bAsIc ${right}`)).resolves.toBeDefined()
    await expect(attempt(`Basic ${Buffer.from('user:pa').toString('base64')}`)).rejects.toEqual(
      code('SIGNATURE_MISMATCH'),
    )
    for (const wrong of [
      `Basic ${right}=`,
      'Basic',
      'Basic !!!',
      `Basic ${Buffer.from('nocolon').toString('base64')}`,
      `Bearer ${right}`,
      right,
    ]) {
      await expect(attempt(wrong)).rejects.toEqual(code('HEADER_MALFORMED'))
    }
  })

  it('in the URL are taken out of a GET’s payload', async () => {
    const scheme = scratcher({ proof: 'token', query: 'key', methods: ['GET', 'POST'] })
    const attempt = (url: string) =>
      verify({ method: 'GET', url, headers: {}, body: new Uint8Array() }, { scheme, secret: token })
    const delivery = await attempt(`/hook?email=ada%40example.com&key=${token}`)
    expect(delivery.payload).toEqual({ email: 'ada@example.com' })
    await expect(attempt(`/hook?key=${token}&key=${token}`)).rejects.toEqual(code('HEADER_AMBIGUOUS'))
    await expect(attempt('/hook')).rejects.toEqual(code('HEADER_MISSING'))
    await expect(attempt('/hook?key=wrong')).rejects.toEqual(code('SIGNATURE_MISMATCH'))
  })
})

describe('what senders do not say', () => {
  it('X-Forwarded-* changes nothing where a URL is signed: the URL is configured', async () => {
    const url = 'https://example.com/hook'
    const scheme = hmacScheme({
      name: 'url-signed',
      header: 'x-sig',
      encoding: 'hex',
      signedContent: '{method}{url}{body}',
      url,
    })
    const headers = {
      'x-sig': mac(`POST${url}{}`).digest('hex'),
      'x-forwarded-host': 'evil.example',
      host: 'evil.example',
    }
    await expect(verify(post(headers), { scheme, secret })).resolves.toBeDefined()
    const evil = { ...headers, 'x-sig': mac('POSThttps://evil.example/hook{}').digest('hex') }
    await expect(verify(post(evil), { scheme, secret })).rejects.toEqual(code('SIGNATURE_MISMATCH'))
  })

  it('a Standard Webhooks id with a dot is refused: the signed text would have two readings', async () => {
    const key = randomBytes(32)
    const time = String(nowMs / 1000)
    const body = `X.${time}.{"evil":1}`
    const signature = `v1,${mac(`m.${time}.${body}`, key).digest('base64')}`
    const replay = post(
      { 'webhook-id': `m.${time}.X`, 'webhook-timestamp': time, 'webhook-signature': signature },
      '{"evil":1}',
    )
    await expect(verify(replay, { scheme: standardWebhooks(), secret: key, now })).rejects.toEqual(
      code('HEADER_MALFORMED'),
    )
  })

  it('a header with two times, or a member with a comma, is ambiguous', async () => {
    const time = nowMs / 1000
    const hex = mac(`${time}.{}`).digest('hex')
    const twice = { 'stripe-signature': `t=${time},v1=${hex}, t=${time},v1=${hex}` }
    await expect(verify(post(twice), { scheme: stripe(), secret, now })).rejects.toEqual(
      code('HEADER_AMBIGUOUS'),
    )
    await expect(
      verify(post({ 'stripe-signature': `t=${time},t=${time},v1=${hex}` }), {
        scheme: stripe(),
        secret,
        now,
      }),
    ).rejects.toEqual(code('HEADER_AMBIGUOUS'))
  })

  it('the old v0 of Stripe and other versions prove nothing', async () => {
    const time = nowMs / 1000
    const hex = mac(`${time}.{}`).digest('hex')
    await expect(
      verify(post({ 'stripe-signature': `t=${time},v0=${hex}` }), { scheme: stripe(), secret, now }),
    ).rejects.toEqual(code('HEADER_MALFORMED'))
    const slackHex = mac(`v0:${time}:{}`).digest('hex')
    const slackHeaders = { 'x-slack-request-timestamp': String(time), 'x-slack-signature': `v9=${slackHex}` }
    await expect(verify(post(slackHeaders), { scheme: slack(), secret, now })).rejects.toEqual(
      code('HEADER_MALFORMED'),
    )
  })
})

it('options are used as they are at each call, though settings are remembered', async () => {
  const scheme = visibuild()
  const request = visibuildDelivery()
  await expect(verify(request, { scheme, secret, now })).resolves.toBeDefined()
  await expect(verify(request, { scheme, secret: `${secret}x`, now })).rejects.toEqual(
    code('SIGNATURE_MISMATCH'),
  )
  await expect(verify(request, { scheme, secret, now: () => 0 })).rejects.toEqual(code('TIMESTAMP_TOO_NEW'))
  const list = [secret]
  await expect(verify(request, { scheme, secret: list, now })).resolves.toBeDefined()
  list[0] = `${secret}x`
  await expect(verify(request, { scheme, secret: list, now })).rejects.toEqual(code('SIGNATURE_MISMATCH'))
})
