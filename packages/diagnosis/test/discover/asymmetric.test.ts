import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { type Capture, discover } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'

const secret = 'acme-key-0123456789abcdef'
const body = '{"id":"evt_1","type":"order.paid"}'
const bytes = Buffer.from(body)
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const ed = generateKeyPairSync('ed25519').privateKey

const rsaSignature = sign('sha256', bytes, rsa).toString('base64')
const ecSignature = sign('sha256', bytes, ec).toString('base64')
const edSignature = sign(null, bytes, ed)
const hmac = createHmac('sha256', secret).update(body).digest()

type Headers = Capture['headers']

function capture(headers: Headers, text = body): Capture {
  const type = ['Content-Type', 'application/json'] as const
  return {
    method: 'POST',
    url: 'https://shop.example.com/',
    headers: [type, ...headers],
    body: Buffer.from(text),
    notes: [],
  }
}

/** A compact JWS; with no payload it is detached. */
function jws(alg: string, payload = '{"iat":1773738000}'): string {
  const head = Buffer.from(JSON.stringify({ alg, kid: 'k1' })).toString('base64url')
  const claims = Buffer.from(payload).toString('base64url')
  const input = Buffer.from(`${head}.${claims}`)
  const mac = alg.startsWith('HS')
    ? createHmac('sha256', secret).update(input).digest()
    : sign('sha256', input, rsa)
  return `${head}.${claims}.${mac.toString('base64url')}`
}

const input = (parameters: string) => `sig1=("@method" "content-digest");created=1773738000${parameters}`
const digest = ['Content-Digest', `sha-256=:${hmac.toString('base64')}:`] as const
const snsBody = JSON.stringify({
  Type: 'Notification',
  Signature: rsaSignature,
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/a.pem',
})

const recognised: Readonly<
  Record<string, readonly [capture: Capture, kind: string, sender: string | undefined]>
> = {
  Discord: [
    capture([
      ['X-Signature-Ed25519', edSignature.toString('hex')],
      ['X-Signature-Timestamp', '1773738000'],
    ]),
    'Ed25519',
    'Discord',
  ],
  Telnyx: [
    capture([
      ['telnyx-signature-ed25519', edSignature.toString('base64')],
      ['telnyx-timestamp', '1773738000'],
    ]),
    'Ed25519',
    'Telnyx',
  ],
  'fal.ai': [capture([['X-Fal-Webhook-Signature', edSignature.toString('hex')]]), 'Ed25519', 'fal.ai'],
  PayPal: [
    capture([
      ['PAYPAL-TRANSMISSION-ID', 'd-1'],
      ['PAYPAL-AUTH-ALGO', 'SHA256withRSA'],
      ['PAYPAL-TRANSMISSION-SIG', rsaSignature],
    ]),
    'RSA',
    'PayPal',
  ],
  'PayPal, by its certificate alone': [
    capture([['PAYPAL-CERT-URL', 'https://api.paypal.com/v1/notifications/certs/CERT-1']]),
    'RSA',
    'PayPal',
  ],
  SendGrid: [capture([['X-Twilio-Email-Event-Webhook-Signature', ecSignature]]), 'ECDSA', 'SendGrid'],
  'Amazon SNS, by its body': [capture([], snsBody), 'RSA', 'AWS SNS'],
  'Amazon SNS, by its header': [
    capture([['x-amz-sns-message-type', 'Notification']], '{}'),
    'RSA',
    'AWS SNS',
  ],
  'Standard Webhooks, v1a alone': [
    capture([
      ['webhook-id', 'msg_1'],
      ['webhook-timestamp', '1773738000'],
      ['webhook-signature', `v1a,${edSignature.toString('base64')}`],
    ]),
    'Ed25519',
    undefined,
  ],
  'RFC 9421 with an algorithm': [
    capture([
      ['Signature-Input', input(';keyid="k1";alg="ed25519"')],
      ['Signature', `sig1=:${edSignature.toString('base64')}:`],
      digest,
    ]),
    'ed25519',
    undefined,
  ],
  'RFC 9421 with a key alone': [
    capture([['Signature-Input', input(';keyid="k1"')], ['Signature', `sig1=:${rsaSignature}:`], digest]),
    'RFC 9421',
    undefined,
  ],
  'a JWS in a header': [capture([['X-JWS-Signature', jws('PS256', '')]]), 'PS256', undefined],
  'a token in a header': [capture([['Plaid-Verification', jws('ES256')]]), 'ES256', undefined],
  'a token for a body': [capture([], jws('RS256')), 'RS256', undefined],
  'RSA, by its length': [capture([['X-Acme-Signature', rsaSignature]]), 'RSA', undefined],
  'ECDSA, by its form': [capture([['X-Acme-Signature', ecSignature]]), 'ECDSA', undefined],
  'Ed25519, by its name': [capture([['X-Acme-Ed25519', edSignature.toString('hex')]]), 'Ed25519', undefined],
}

describe('a signature with a private key', () => {
  test.each(Object.entries(recognised))(
    'is told, and nothing is searched: %s',
    async (_, [given, kind, sender]) => {
      const { candidates, refusals, hints, effort, asymmetric } = await discover([given], { secret })

      expect([candidates, refusals, effort.digests]).toEqual([[], [], 0])
      expect(asymmetric?.kind).toContain(kind)
      expect(asymmetric?.sender).toBe(sender)
      expect(hints).toHaveLength(1)
      expect(hints[0]).toContain('private key')
      expect(hints[0]).toContain('no secret can be found')
      expect(hints[0]).toContain('customScheme()')
      if (sender !== undefined) expect(hints[0]).toContain(`${sender}'s own library`)
      expect(hints[0]).not.toMatch(/[\w+/]{40,}/)
    },
  )

  const withMac = (headers: Headers): Capture =>
    capture([...headers, ['X-Acme-Signature', `sha256=${hmac.toString('hex')}`]])

  test.each([
    ['a token of a gateway', withMac([['Cf-Access-Jwt-Assertion', jws('RS256')]])],
    [
      'the signature of an agent',
      withMac([
        ['Signature-Input', input(';keyid="k1";alg="ed25519"')],
        ['Signature', `sig1=:${edSignature.toString('base64')}:`],
      ]),
    ],
    ['another signature that looks like RSA', withMac([['X-Trace-Signature', rsaSignature]])],
  ])('beside that of a secret does not end the search: %s', async (_, given) => {
    const { candidates, asymmetric } = await discover([given], { secret })

    expect(candidates[0]?.scheme.signature).toMatchObject({
      algorithm: 'hmac-sha256',
      header: 'X-Acme-Signature',
    })
    expect(asymmetric).toBeUndefined()
  })

  test('beside v1 does not end it, while a sender moves from one to the other', async () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
    const mac = createHmac('sha256', key).update(`msg_1.1773738000.${body}`).digest('base64')
    const value = `v1a,${edSignature.toString('base64')} v1,${mac}`
    const given = capture([
      ['webhook-id', 'msg_1'],
      ['webhook-timestamp', '1773738000'],
      ['webhook-signature', value],
    ])

    const { candidates } = await discover([given], { secret: `whsec_${key.toString('base64')}` })

    expect(candidates[0]?.scheme.signedContent).toBe('{id}.{timestamp}.{body}')
  })

  test.each([
    ['HS256', capture([['Upstash-Signature', jws('HS256')]])],
    [
      'hmac-sha256 of RFC 9421',
      capture([
        ['Signature-Input', input(';keyid="k1";alg="hmac-sha256"')],
        ['Signature', `sig1=:${hmac.toString('base64')}:`],
      ]),
    ],
    ['a text that begins as a token does', capture([['X-Signature', 'eyJ0.e30.']])],
  ])('is not seen in what a secret makes: %s', async (_, given) => {
    expect((await discover([given], { secret: 'other', budgetMs: 50 })).asymmetric).toBeUndefined()
  })

  test('does not hide a token that repeats the secret', async () => {
    const given = capture([
      ['PAYPAL-CERT-URL', 'https://api.paypal.com/a'],
      ['X-Token', secret],
    ])

    expect((await discover([given], { secret })).candidates[0]?.scheme.signature).toEqual({
      algorithm: 'token',
      header: 'X-Token',
    })
  })
})
