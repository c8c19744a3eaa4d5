import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto'
import { createReceiver, type Scheme, type WebhookRequest } from '@countersign/core'
import { customScheme } from '@countersign/core/schemes'
import { verifyKey } from 'discord-interactions'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { describe, expect, it, vi } from 'vitest'

const seconds = Math.floor(Date.now() / 1000)
const { webhooks } = new Stripe('sk_test_none')

/** Discord's documented key is the raw 32 bytes in hex, the end of the DER form (RFC 8410). */
function discordKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  return { hex, pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() }
}

const discord = customScheme({
  name: 'discord',
  proofHeaders: ['X-Signature-Ed25519', 'X-Signature-Timestamp'],
  timestamp: { header: 'X-Signature-Timestamp', unit: 's' },
  async verify({ headers, rawBody }, publicKey) {
    const signature = headers.get('X-Signature-Ed25519') ?? ''
    const time = headers.get('X-Signature-Timestamp') ?? ''
    return (await verifyKey(rawBody, signature, time, publicKey)) && { signed: rawBody }
  },
  eventId: { json: '/id' },
})

const stripeBySdk = customScheme({
  name: 'stripe',
  proofHeaders: ['Stripe-Signature'],
  verify({ headers, rawBody }, secret) {
    const signature = headers.get('Stripe-Signature') ?? ''
    const event = webhooks.constructEvent(Buffer.from(rawBody), signature, secret)
    return { signed: rawBody, id: event.id, idIsSigned: true, event: event.type, payload: event }
  },
})

const standardBySdk = customScheme({
  name: 'standard',
  verify({ headers, rawBody }, secret) {
    new Webhook(secret).verify(Buffer.from(rawBody), Object.fromEntries(headers))
    return { signed: rawBody, id: headers.get('webhook-id'), idIsSigned: true }
  },
})

/** Twilio signs the public URL and, behind it, the form's fields by their names. */
const twilio = customScheme({
  name: 'twilio',
  payload: 'form',
  proofHeaders: ['X-Twilio-Signature'],
  verify({ headers, url, rawBody }, authToken) {
    const fields = new URLSearchParams(Buffer.from(rawBody).toString('utf8'))
    const names = [...new Set(fields.keys())].sort()
    const parts = names.flatMap((name) =>
      [...new Set(fields.getAll(name))].sort().map((value) => name + value),
    )
    const signed = `https://mycompany.com${url}${parts.join('')}`
    const expected = createHmac('sha1', authToken).update(signed).digest()
    const given = Buffer.from(headers.get('X-Twilio-Signature') ?? '', 'base64')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false
    return {
      signed,
      payload: Object.fromEntries(fields),
      id: fields.get('CallSid') ?? undefined,
      idIsSigned: true,
    }
  },
})

const ours = discordKeys()
const stripeSecret = `whsec_${randomBytes(24).toString('base64url')}`
const standardSecret = `whsec_${randomBytes(24).toString('base64')}`

const discordBody = '{"id":"1","type":1}'
const stripeBody = '{"id":"evt_1","object":"event","type":"invoice.paid"}'
const standardBody = '{"type":"invoice.paid"}'
// https://github.com/twilio/twilio-python: tests/unit/test_request_validator.py
const twilioBody = new URLSearchParams({
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
}).toString()

const request = (body: string, headers: Record<string, string>, url = '/'): WebhookRequest => ({
  method: 'POST',
  url,
  headers,
  body: Buffer.from(body),
})

const deliveries: readonly (readonly [
  name: string,
  scheme: Scheme,
  secret: string,
  WebhookRequest,
  object,
])[] = [
  [
    'discord-interactions',
    discord,
    ours.hex,
    request(discordBody, {
      'x-signature-timestamp': String(seconds),
      'x-signature-ed25519': sign(
        null,
        Buffer.from(`${seconds}${discordBody}`),
        createPrivateKey(ours.pem),
      ).toString('hex'),
    }),
    { id: '1', payload: { id: '1', type: 1 }, timestamp: seconds * 1000 },
  ],
  [
    'stripe',
    stripeBySdk,
    stripeSecret,
    request(stripeBody, {
      'stripe-signature': webhooks.generateTestHeaderString({ payload: stripeBody, secret: stripeSecret }),
    }),
    { id: 'evt_1', event: 'invoice.paid' },
  ],
  [
    'standardwebhooks',
    standardBySdk,
    standardSecret,
    request(standardBody, {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': new Webhook(standardSecret).sign('msg_1', new Date(seconds * 1000), standardBody),
    }),
    { id: 'msg_1', payload: { type: 'invoice.paid' } },
  ],
  [
    'the published answer of Twilio',
    twilio,
    '12345',
    request(twilioBody, { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' }, '/myapp.php?foo=1&bar=2'),
    { id: 'CA1234567890ABCDE', payload: expect.objectContaining({ Digits: '1234' }) },
  ],
]

describe.each(deliveries)('with %s as the verifier', (_name, scheme, secret, genuine, expected) => {
  const setUp = () => {
    const onRejected = vi.fn()
    const onWarning = vi.fn()
    const receiver = createReceiver({ scheme, secret, onRejected, onWarning })
    return { receive: (sent: WebhookRequest) => receiver.receive(sent, () => {}), onRejected, onWarning }
  }

  it('accepts what the sender signed, once', async () => {
    const { receive } = setUp()
    expect(await receive(genuine)).toMatchObject({ type: 'processed', delivery: expected })
    expect((await receive(genuine)).type).toBe('duplicate')
  })

  it('refuses another body, another signature and none, and reports no defect of the code', async () => {
    const { receive, onRejected, onWarning } = setUp()
    const headers = Object.entries(genuine.headers as Record<string, string>)
    const edited = (edit: (value: string) => string) =>
      Object.fromEntries(
        headers.map(([name, value]) => [name, /signature$|ed25519$/.test(name) ? edit(value) : value]),
      )
    const body = Buffer.from(genuine.body as Uint8Array)
    for (const forged of [
      { ...genuine, body: Buffer.from(body.toString().replace('i', 'j')) },
      { ...genuine, headers: edited(withOtherDigit) },
      { ...genuine, headers: edited(() => 'nonsense') },
      { ...genuine, headers: {} },
    ])
      expect((await receive(forged)).response.status).toBe(401)
    for (const [{ code }] of onRejected.mock.calls)
      expect(code).toMatch(/^ERR_WEBHOOK_(SIGNATURE_MISMATCH|HEADER_MISSING)$/)
    expect(onWarning.mock.calls.flat().filter((message) => !message.includes('could be guessed'))).toEqual([])
  })
})

it('an SDK with WebCrypto rejects an invalid key, which is distinguished from forged traffic', async () => {
  const onRejected = vi.fn()
  const secret = 'this-is-no-key-at-all'
  const strict = customScheme({
    name: 'strict',
    async verify({ rawBody }, key) {
      await crypto.subtle.importKey('raw', Buffer.from(key, 'hex'), { name: 'Ed25519' }, false, ['verify'])
      return { signed: rawBody }
    },
  })
  const receiver = createReceiver({ scheme: strict, secret, onRejected, onWarning: () => {} })
  await receiver.receive(request('{}', {}), () => {})
  expect(onRejected.mock.calls[0]?.[0].code).toBe('ERR_WEBHOOK_VERIFIER_FAILED')
})

/** Not the last one: of base64, it may hold bits that nobody reads. */
function withOtherDigit(signature: string): string {
  const place = signature.length - 10
  const other = signature[place] === '1' ? '2' : '1'
  return signature.slice(0, place) + other + signature.slice(place + 1)
}
