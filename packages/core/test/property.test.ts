import { createHmac } from 'node:crypto'
import { createReceiver, isWebhookError, verify } from '@countersign/core'
import {
  embeddable,
  fingerprintingApi,
  github,
  type Scheme,
  scratcher,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const secret = 'a-signing-secret-of-32-characters'
const schemes: readonly Scheme[] = [
  visisto(),
  fingerprintingApi({ event: 'NEW_VISIT' }),
  embeddable(),
  visibuild(),
  standardWebhooks(),
  github(),
  stripe(),
  slack(),
  shopify(),
]
const key = Buffer.from(secret)

const names = [
  'x-visisto-signature',
  'x-webhook-signature',
  'x-signature',
  'x-visibuild-signature',
  'x-visibuild-timestamp',
  'x-visibuild-delivery',
  'x-visibuild-event',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'x-hub-signature-256',
  'x-github-delivery',
  'stripe-signature',
  'x-slack-signature',
  'x-slack-request-timestamp',
  'x-shopify-hmac-sha256',
  'x-shopify-topic',
  'authorization',
  'content-type',
  'content-length',
  'content-encoding',
  '__proto__',
  'constructor',
  '',
]
const hex = createHmac('sha256', key).update('{}').digest('hex')
const plausible = [
  `sha256=${hex}`,
  hex,
  hex.toUpperCase(),
  `v0=${hex}`,
  `v1,${Buffer.from(hex, 'hex').toString('base64')}`,
  `t=1,v1=${hex}`,
  '1773738000',
  '0',
  'sha256=',
  'v1,',
  't=,v1=',
  'Basic dTpw',
  secret,
  '2',
  'application/x-www-form-urlencoded',
  'gzip',
]

/** Anything that bytes 0x20 to 0xff and more can make of a header, long ones, lists and what is no string at all. */
const headerValue = fc.oneof(
  fc.constantFrom(...plausible),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 80,
  }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer({ min: 1, max: 16_384 }).map((length) => 'v1,='.repeat(length / 4)),
  fc.array(fc.constantFrom(...plausible), { maxLength: 3 }),
  fc.constantFrom(undefined, null, 5, true, {}),
)
const headers = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), headerValue, { maxKeys: 8 }),
  fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...plausible)), { maxLength: 8 }),
)
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc.constantFrom(Buffer.from('{}'), Buffer.alloc(0), Buffer.from('{"__proto__":1}'), Buffer.from('a=%ff&b')),
)

it('any header and any body end in a delivery or in a refusal with a code', async () => {
  let refused = 0
  let verified = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...schemes),
      headers,
      body,
      fc.constantFrom('POST', 'GET', 'post', ''),
      async (scheme, given, bytes, method) => {
        try {
          await verify(
            { method, url: '/?x=%', headers: given as Record<string, string>, body: bytes },
            { scheme, secret: key, now: () => 1_773_738_000_000 },
          )
          verified++
        } catch (error) {
          if (!isWebhookError(error)) throw error
          expect(error.name).toBe('WebhookVerificationError')
          refused++
        }
      },
    ),
    {
      numRuns: 4_000,
      examples: [[schemes[2] as Scheme, { 'x-signature': `sha256=${hex}` }, Buffer.from('{}'), 'POST']],
    },
  )
  expect([refused > 0, verified > 0]).toEqual([true, true])
})

it('any url, credentials and body end in an outcome with a status a sender understands', async () => {
  const receiver = createReceiver({
    scheme: scratcher({ proof: 'token', query: 'key' }),
    secret: 'token-0123456789',
    onWarning: () => undefined,
  })
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 60 }),
      headers,
      body,
      fc.constantFrom('POST', 'GET'),
      async (url, given, bytes, method) => {
        const { response } = await receiver.receive(
          { method, url: `/?${url}`, headers: given as Record<string, string>, body: bytes },
          () => undefined,
        )
        expect([200, 400, 401, 405, 408, 413, 415]).toContain(response.status)
      },
    ),
    { numRuns: 1_000 },
  )
})
