import { verify, type WebhookRequest } from '@countersign/core'
import { github, scratcher } from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { code, mac, options, post } from '../support/requests.js'
import { secret, visibuildDelivery } from '../support/visibuild-delivery.js'

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

  it('with invalid UTF-8 does not verify with the signature of another such body', async () => {
    const request = visibuildDelivery({ body: Buffer.from([0x22, 0xff, 0x22]) })
    await expect(verify({ ...request, body: Buffer.from([0x22, 0xfe, 0x22]) }, options)).rejects.toEqual(
      code('SIGNATURE_MISMATCH'),
    )
  })

  it('that is text or an object throws an error with the fix', async () => {
    for (const body of ['{"a":1}', { a: 1 }, undefined, null]) {
      const request = { ...visibuildDelivery(), body: body as unknown as Uint8Array }
      await expect(verify(request, options)).rejects.toThrow(/raw bytes/)
    }
  })

  it('is not read if the headers alone lead to a refusal', async () => {
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

  it('must match the limit and Content-Length, whatever its reader returns', async () => {
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
  ])('%s without a length may be reported as cut off', async (_, length, isSaid) => {
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
