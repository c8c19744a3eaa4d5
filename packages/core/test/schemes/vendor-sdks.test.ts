import { createHmac, randomBytes } from 'node:crypto'
import { type VerifyOptions, verify } from '@countersign/core'
import { github, standardWebhooks, stripe } from '@countersign/core/schemes'
import { sign as signForGitHub, verify as verifyAsGitHub } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'

type Headers = Readonly<Record<string, string>>

/** A sender's own library: as the signer of what is verified here, and as a second opinion on it. */
interface VendorSdk {
  readonly name: string
  readonly scheme: VerifyOptions['scheme']
  readonly secret: string
  readonly otherSecret: string
  readonly signatureHeader: string
  readonly sign: (body: string, seconds: number, secret: string) => Headers | Promise<Headers>
  readonly accepts: (body: string, headers: Headers) => boolean | Promise<boolean>
}

// The libraries read the real clock, so the messages are of now.
const now = Math.floor(Date.now() / 1000)
const { webhooks } = new Stripe('sk_test_none')
const stripeSecret = `whsec_${randomBytes(24).toString('base64url')}`
const standardSecret = `whsec_${randomBytes(24).toString('base64')}`
const githubSecret = randomBytes(24).toString('hex')

const succeeds = (run: () => unknown): boolean => {
  try {
    run()
    return true
  } catch {
    return false
  }
}

const sdks: readonly VendorSdk[] = [
  {
    name: 'stripe',
    scheme: stripe(),
    secret: stripeSecret,
    otherSecret: `whsec_${randomBytes(24).toString('base64url')}`,
    signatureHeader: 'stripe-signature',
    sign: (payload, timestamp, secret) => ({
      'stripe-signature': webhooks.generateTestHeaderString({ payload, secret, timestamp }),
    }),
    accepts: (body, headers) =>
      succeeds(() => webhooks.constructEvent(body, headers['stripe-signature'] ?? '', stripeSecret)),
  },
  {
    name: 'standardwebhooks',
    scheme: standardWebhooks(),
    secret: standardSecret,
    otherSecret: `whsec_${randomBytes(24).toString('base64')}`,
    signatureHeader: 'webhook-signature',
    sign: (body, seconds, secret) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': new Webhook(secret).sign('msg_1', new Date(seconds * 1000), body),
    }),
    accepts: (body, headers) => succeeds(() => new Webhook(standardSecret).verify(body, { ...headers })),
  },
  {
    name: '@octokit/webhooks-methods',
    scheme: github(),
    secret: githubSecret,
    otherSecret: randomBytes(24).toString('hex'),
    signatureHeader: 'x-hub-signature-256',
    sign: async (body, _seconds, secret) => ({ 'x-hub-signature-256': await signForGitHub(secret, body) }),
    accepts: (body, headers) => verifyAsGitHub(githubSecret, body, headers['x-hub-signature-256'] ?? ''),
  },
]

const bodies = [
  '{}',
  '{"id":"evt_1","type":"a.b"}',
  '{"text":"héllo 🦀 \\u2028 </script>"}',
  '{ "spaces" : [ 1 , 2 ] }\r\n',
  '{"dollar":"$& $1 $$"}',
  JSON.stringify({ long: 'x'.repeat(100_000) }),
]

describe.each(sdks)('$name', ({ scheme, secret, otherSecret, signatureHeader, sign, accepts }) => {
  const verdict = async (body: string, headers: Headers, at = now): Promise<string> => {
    const request = { method: 'POST', url: '/', headers, body: Buffer.from(body) }
    try {
      await verify(request, { scheme, secret, now: () => at * 1000 })
      return 'accepted'
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'not our error'
    }
  }

  it.each(bodies)('signs a body that is accepted here: %.40s', async (body) => {
    const headers = await sign(body, now, secret)
    expect(await accepts(body, headers)).toBe(true)
    expect(await verdict(body, headers)).toBe('accepted')
  })

  it('agrees that a changed body is refused', async () => {
    const headers = await sign('{"amount":100}', now, secret)
    for (const body of ['{"amount":900}', '{"amount":100} ', '{"amount": 100}', '{"amount":10']) {
      expect(await accepts(body, headers), body).toBe(false)
      expect(await verdict(body, headers), body).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH')
    }
  })

  it('agrees that another secret is refused', async () => {
    const headers = await sign('{}', now, otherSecret)
    expect(await accepts('{}', headers)).toBe(false)
    expect(await verdict('{}', headers)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH')
  })

  it('agrees on every changed character of the signature header', async () => {
    const headers = await sign('{}', now, secret)
    const text = headers[signatureHeader] ?? ''
    for (let index = 0; index < text.length; index++) {
      const changed = `${text.slice(0, index)}${text[index] === '0' ? '1' : '0'}${text.slice(index + 1)}`
      const forged = { ...headers, [signatureHeader]: changed }
      expect(await accepts('{}', forged), changed).toBe(false)
      expect(await verdict('{}', forged), changed).toMatch(/^ERR_WEBHOOK_/)
    }
  })

  it('reads several secrets while one is rotated', async () => {
    for (const [index, current] of [secret, otherSecret].entries()) {
      const request = {
        method: 'POST',
        url: '/',
        headers: await sign('{}', now, current),
        body: Buffer.from('{}'),
      }
      const delivery = await verify(request, { scheme, secret: [secret, otherSecret], now: () => now * 1000 })
      expect(delivery.secretId).toBe(String(index))
    }
  })
})

describe.each(sdks.filter(({ scheme }) => scheme.timestamp))(
  '$name and timestamps',
  ({ scheme, secret, sign }) => {
    it.each([
      ['exactly as old as allowed', 300, 'accepted'],
      ['a second older', 301, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
      ['exactly as far ahead as allowed', -300, 'accepted'],
      ['a second further', -301, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ])('%s', async (_, age, expected) => {
      const body = Buffer.from('{}')
      const request = { method: 'POST', url: '/', headers: await sign('{}', now, secret), body }
      const verifying = verify(request, { scheme, secret, now: () => (now + age) * 1000 })
      if (expected === 'accepted') expect((await verifying).timestamp).toBe(now * 1000)
      else await expect(verifying).rejects.toMatchObject({ code: expected, authentic: true })
    })
  },
)

describe('signatures during the rotation of a secret', () => {
  it('stripe: any v1 may match, v0 and unknown keys never do', async () => {
    const hex = (key: string) => createHmac('sha256', key).update(`${now}.{}`).digest('hex')
    const right = hex(stripeSecret)
    const header = (...pairs: string[]) => ({
      method: 'POST',
      url: '/',
      headers: { 'stripe-signature': [`t=${now}`, ...pairs].join(',') },
      body: Buffer.from('{}'),
    })
    const options = { scheme: stripe(), secret: stripeSecret, now: () => now * 1000 }
    await expect(
      verify(header(`v1=${hex('old')}`, `v1=${right}`, `v0=${hex('x')}`), options),
    ).resolves.toBeDefined()
    await expect(verify(header(`v0=${right}`, `v1=${hex('old')}`), options)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
    await expect(verify(header(`v0=${right}`), options)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_HEADER_MALFORMED',
    })
  })

  it('standardwebhooks: the whole text of whsec_ is not the key, its decoded rest is', async () => {
    const headers = await sdks[1]?.sign('{}', now, standardSecret)
    const bare = {
      scheme: standardWebhooks(),
      secret: standardSecret.slice('whsec_'.length),
      now: () => now * 1000,
    }
    const request = { method: 'POST', url: '/', headers: headers ?? {}, body: Buffer.from('{}') }
    await expect(verify(request, bare)).resolves.toBeDefined()
    await expect(verify(request, { ...bare, secret: Buffer.from(standardSecret) })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
  })
})
