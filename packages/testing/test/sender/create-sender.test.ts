import { type VerifyOptions, verify } from '@countersign/core'
import * as schemes from '@countersign/core/schemes'
import { createSender, type SignedRequest, tamperBody } from '@countersign/testing'
import { describe, expect, test } from 'vitest'

const now = () => 1_773_738_000_123
const secret = 'a secret of the sender tests'
const credentials = { username: 'sender', password: 'pass:word with a colon' }
const standardSecret = 'whsec_Y291bnRlcnNpZ24gYW5kIHN0YW5kYXJkd2ViaG9va3M='
const { hmacScheme, tokenScheme } = schemes

const kinds: readonly (readonly [
  name: string,
  options: Pick<VerifyOptions, 'scheme'> & { secret: string | typeof credentials },
])[] = [
  ['visisto', { scheme: schemes.visisto(), secret }],
  ['fingerprinting-api, token', { scheme: schemes.fingerprintingApi({ event: 'NEW_VISIT' }), secret }],
  [
    'fingerprinting-api, HMAC',
    { scheme: schemes.fingerprintingApi({ event: 'NEW_VISITOR', proof: 'hmac' }), secret },
  ],
  ['embeddable', { scheme: schemes.embeddable(), secret }],
  ['visibuild', { scheme: schemes.visibuild(), secret }],
  ['scratcher', { scheme: schemes.scratcher(), secret: credentials }],
  ['scratcher, token in the URL', { scheme: schemes.scratcher({ proof: 'token', query: 'token' }), secret }],
  ['standard-webhooks', { scheme: schemes.standardWebhooks(), secret: standardSecret }],
  ['github', { scheme: schemes.github(), secret }],
  ['stripe', { scheme: schemes.stripe(), secret }],
  ['slack', { scheme: schemes.slack(), secret }],
  ['shopify', { scheme: schemes.shopify(), secret }],
  [
    'a bearer token',
    { scheme: tokenScheme({ name: 'bearer', header: 'Authorization', prefix: 'Bearer ' }), secret },
  ],
  [
    'milliseconds in the body',
    {
      scheme: hmacScheme({ name: 'ms', header: 'x-s', timestamp: { json: '/meta/sent', unit: 'ms' } }),
      secret,
    },
  ],
  [
    'method and URL',
    {
      scheme: hmacScheme({
        name: 'url',
        header: 'x-s',
        signedContent: '{method} {url} {body}',
        url: 'https://a.example/b?c=1',
      }),
      secret,
    },
  ],
  [
    'groups of pairs',
    {
      scheme: hmacScheme({
        name: 'groups',
        header: 'x-s',
        pairs: { separator: ',', key: 'v1', groups: { separator: ' ' } },
        signedContent: '{timestamp}.{body}',
        timestamp: { header: 'x-s', key: 't', unit: 's' },
      }),
      secret,
    },
  ],
  [
    'several values in a pair',
    {
      scheme: hmacScheme({
        name: 'values',
        header: 'x-s',
        pairs: { separator: ';', key: 'sig', values: { separator: ',' } },
        signedContent: '{timestamp}.{body}',
        timestamp: { header: 'x-s', key: 'ts', unit: 's' },
      }),
      secret,
    },
  ],
  [
    'numbered headers',
    { scheme: hmacScheme({ name: 'n', header: 'x-s-1', moreHeaders: 'numbered' }), secret },
  ],
  ['a header that repeats', { scheme: hmacScheme({ name: 'r', header: 'x-s', repeats: true }), secret }],
  [
    'a time in a list',
    {
      scheme: hmacScheme({
        name: 'list',
        header: 'x-s',
        list: { separator: ';' },
        prefix: 'v1=',
        signedContent: '{timestamp}.{body}',
        timestamp: { header: 'x-s', position: 1, unit: 'iso8601' },
      }),
      secret,
    },
  ],
  [
    'the digest of the body',
    {
      scheme: hmacScheme({ name: 'digest', header: 'x-s', signedContent: '{method}.{bodySha256Hex}' }),
      secret,
    },
  ],
]

describe.each(kinds)('for %s, the sender', (_, options) => {
  const sender = createSender({ ...options, now })
  const check = (request: SignedRequest) => verify(request, { ...options, now })
  const hasTime = Boolean(options.scheme.timestamp)
  const covers = !['token', 'basic'].includes(options.scheme.signature.algorithm)

  test('makes an example that is verified', async () => {
    const request = sender.sign()
    const delivery = await check(request)
    expect(delivery.rawBody).toEqual(request.body)
    expect(delivery.timestamp === undefined).toBe(!hasTime)
  })

  test('signs a payload, a form and raw bytes', async () => {
    const { payload } = await check(sender.sign({ payload: { hello: 'wörld' } }))
    expect(payload).toMatchObject({ hello: 'wörld' })
    const timeInBody = options.scheme.timestamp && 'json' in options.scheme.timestamp
    if (timeInBody) return
    const form = sender.sign({ form: { a: 'b & c' } })
    if (options.scheme.payload?.endsWith('or-form') || options.scheme.payload === 'query-or-body')
      expect((await check(form)).payload).toEqual({ a: 'b & c' })
    else await expect(check(form)).rejects.toMatchObject({ code: 'ERR_WEBHOOK_PAYLOAD_MALFORMED' })
    expect((await check(sender.sign({ body: '[1, 2 ]' }))).payload).toEqual([1, 2])
    expect((await check(sender.sign({ body: Buffer.from('"$& $$"') }))).payload).toBe('$& $$')
  })

  test('forges with another secret, which is refused', async () => {
    const other =
      typeof options.secret === 'string' ? standardSecret.replace('Y2', 'Y3') : 'sender:another password'
    await expect(check(sender.sign({ secret: other }))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
  })

  test('leaves the proof out, which is refused', async () => {
    await expect(check(sender.sign({ omitProof: true }))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_HEADER_MISSING',
    })
  })

  if (covers) {
    test('signs what tamperBody then breaks', async () => {
      for (const request of [sender.sign(), sender.sign({ body: '' })]) {
        await expect(check(tamperBody(request))).rejects.toMatchObject({
          code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
        })
      }
    })
  }

  if (hasTime) {
    test('states any time', async () => {
      const at = (timestamp: number) => check(sender.sign({ timestamp }))
      await expect(at(now() - 80 * 3_600_000)).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
        authentic: true,
      })
      await expect(at(now() + 3_600_000)).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
        authentic: true,
      })
      await expect(check(sender.sign({ timestamp: '123abc' }))).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
      })
    })
  }
})

describe('the sender', () => {
  const visibuild = createSender({ scheme: schemes.visibuild(), secret, now })
  const bodyOf = ({ body }: SignedRequest) => JSON.parse(Buffer.from(body).toString('utf8'))
  const headersOf = ({ headers }: SignedRequest) => Object.fromEntries(headers)

  test('uses the given names of event and delivery', async () => {
    const request = visibuild.sign({ event: 'ticket.archived', id: 'delivery-7' })
    expect(headersOf(request)).toMatchObject({
      'X-Visibuild-Event': 'ticket.archived',
      'X-Visibuild-Delivery': 'delivery-7',
    })
    expect(bodyOf(request)).toMatchObject({ id: 'delivery-7', type: 'ticket.archived' })
    expect(bodyOf(visibuild.sign())).toMatchObject({ timestamp: '2026-03-17T09:00:00.123Z' })
    const delivery = await verify(request, { scheme: schemes.visibuild(), secret, now })
    expect(delivery).toMatchObject({
      id: 'delivery-7',
      event: 'ticket.archived',
      timestamp: 1_773_738_000_000,
    })
  })

  test('takes the event of the header from the payload, or from raw JSON', () => {
    const header = (request: SignedRequest) => headersOf(request)['X-Visibuild-Event']
    expect(header(visibuild.sign({ payload: { type: 'ticket.created' } }))).toBe('ticket.created')
    expect(header(visibuild.sign({ body: '{"type":"ticket.updated"}' }))).toBe('ticket.updated')
    expect(header(visibuild.sign({ body: 'no JSON' }))).toBe('ticket.status_changed')
  })

  test('gives every example its own ids, and its scheme its events', () => {
    const ids = [visibuild.sign(), visibuild.sign()].map((request) => bodyOf(request).id)
    expect(new Set(ids).size).toBe(2)
    const reward = createSender({ scheme: schemes.visisto(), secret, now }).sign({ event: 'reward.issued' })
    expect(bodyOf(reward)).toMatchObject({ event: 'reward.issued', data: { coupon_code: 'WELCOME10' } })
    const comment = visibuild.sign({ event: 'ticket.comment_added' })
    expect(bodyOf(comment)).toMatchObject({ data: { comment: { text: 'Inspected.' } } })
  })

  test('writes the time into a payload without one, and leaves the one that is there', () => {
    const visisto = createSender({ scheme: schemes.visisto(), secret, now: () => 1_773_738_000_000 })
    expect(bodyOf(visisto.sign({ payload: { event: 'x' } })).timestamp).toBe('2026-03-17T09:00:00Z')
    const own = { event: 'x', timestamp: '2026-03-17T08:00:00Z' }
    expect(bodyOf(visisto.sign({ payload: own }))).toEqual(own)
    expect(bodyOf(visisto.sign({ payload: own, timestamp: 0 })).timestamp).toBe('1970-01-01T00:00:00Z')
    expect(own.timestamp).toBe('2026-03-17T08:00:00Z')
    expect(Buffer.from(visisto.sign({ body: '{}' }).body).toString()).toBe('{}')
  })

  test('writes the delivery id where the scheme has it in the body', () => {
    const api = createSender({ scheme: schemes.fingerprintingApi({ event: 'NEW_VISIT' }), secret })
    expect(bodyOf(api.sign({ id: 'visit-7' })).id).toBe('visit-7')
  })

  test('signs with all secrets where the header carries several', async () => {
    const all = [secret, { id: 'old', value: 'the secret of last year' }, Buffer.from('bytes as a secret')]
    const scheme = hmacScheme({ name: 'list', header: 'x-s', prefix: 'v1=', list: { separator: ',' } })
    const request = createSender({ scheme, secret: all }).sign()
    for (const one of all) expect(await verify(request, { scheme, secret: one })).toBeTruthy()
    const first = createSender({ scheme: schemes.embeddable(), secret: all }).sign()
    expect(await verify(first, { scheme: schemes.embeddable(), secret })).toBeTruthy()
  })

  test('sets and removes headers after signing, whatever their case', () => {
    const request = visibuild.sign({
      headers: { 'CONTENT-TYPE': 'text/plain', 'x-visibuild-event': undefined, 'x-own': '1' },
    })
    expect(headersOf(request)).toMatchObject({ 'CONTENT-TYPE': 'text/plain', 'x-own': '1' })
    expect(Object.keys(headersOf(request))).not.toContain('X-Visibuild-Event')
    expect(Object.keys(headersOf(request))).not.toContain('content-type')
  })

  test('sends a GET with its fields and its token in the URL', async () => {
    const scheme = schemes.scratcher({ proof: 'token', query: 'token' })
    const request = createSender({ scheme, secret }).sign({
      method: 'GET',
      url: '/hooks?a=1',
      form: { email: 'ada@example.com' },
    })
    expect(request.url).toBe('/hooks?a=1&email=ada%40example.com&token=a+secret+of+the+sender+tests')
    expect(request.body).toHaveLength(0)
    const { payload } = await verify(request, { scheme, secret })
    expect(payload).toEqual({ a: '1', email: 'ada@example.com' })
  })

  test('reads a secret in hex and Basic credentials as text', async () => {
    const scheme = hmacScheme({ name: 'hex', header: 'x-s', secret: { encoding: 'hex' } })
    const hex = '00112233445566778899aabbccddeeff'
    expect(
      await verify(createSender({ scheme, secret: hex }).sign(), { scheme, secret: Buffer.from(hex, 'hex') }),
    ).toBeTruthy()
    const basic = schemes.scratcher()
    const request = createSender({ scheme: basic, secret: 'sender:pass:word with a colon' }).sign()
    expect(await verify(request, { scheme: basic, secret: credentials })).toBeTruthy()
  })

  const missing = [
    undefined,
    '',
    [],
    [undefined],
    { id: 'new', value: undefined },
    { username: 'sender', password: undefined },
  ]
  test.each(missing)('refuses to be made without a secret: %j', (none) => {
    const make = () => createSender({ scheme: schemes.embeddable(), secret: none })
    expect(make).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }))
  })
})
