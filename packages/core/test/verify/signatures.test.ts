import { verify } from '@countersign/core'
import { embeddable, github, hmacScheme } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { code, mac, now, options, post } from '../support/requests.js'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

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

  it('unchanged is accepted', async () => {
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

  it('of an id counts if the sender sends bytes beyond ASCII', async () => {
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

  it('is accepted in either case of hex, and all spellings have one key', async () => {
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

  it('with any of its headers missing is refused', async () => {
    const { headers, ...rest } = visibuildDelivery()
    for (const name of ['x-visibuild-signature', 'x-visibuild-timestamp']) {
      const { [name]: _, ...others } = headers
      await expect(verify({ ...rest, headers: others }, options)).rejects.toEqual(code('HEADER_MISSING'))
    }
  })
})
