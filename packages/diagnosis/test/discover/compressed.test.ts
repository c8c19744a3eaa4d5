import { createHmac } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineScheme } from '@countersign/core'
import { type Capture, discover, explain, writeSchemeCode } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { describe, expect, test } from 'vitest'
import { secret } from './support/sign-by-hand.js'

const json = '{"event_id":"evt_71","type":"order.paid","total":12.5}'
const time = '1773738000'

/** A capture whose body is compressed, signed over what is given. */
function capture(body: Uint8Array, signed: Uint8Array | string, encoding = 'gzip'): Capture {
  const mac = createHmac('sha256', secret).update(`${time}.`).update(signed).digest('hex')
  return {
    method: 'POST',
    url: 'https://shop.example.com/hooks',
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', encoding],
      ['Content-Length', String(body.length)],
      ['X-Acme-Timestamp', time],
      ['X-Acme-Signature', mac],
    ],
    body,
    notes: [],
  }
}

const zipped = gzipSync(json)

describe('a sender that compresses', () => {
  test.each([
    ['decoded', capture(zipped, json)],
    ['as-sent', capture(zipped, zipped)],
  ])('is found, with what it signs and what is within: %s', async (contentEncoding, one) => {
    const { candidates } = await discover([one], { secret })
    const [best] = candidates

    expect(best?.scheme).toMatchObject({
      signedContent: '{timestamp}.{body}',
      contentEncoding,
      eventId: { json: '/event_id' },
      eventType: { json: '/type' },
    })
    expect(best && writeSchemeCode(best)).toContain(`contentEncoding: '${contentEncoding}',`)
    // What is saved verifies, and says the same.
    const saved = defineScheme(JSON.parse(JSON.stringify(best?.scheme)))
    const options = { scheme: saved, secrets: [{ id: 'SECRET', value: secret }], now: Number(time) * 1000 }
    expect((await explain(one, options)).verdict).toBe('valid')
  })

  test('is found of several captures, of which not all are compressed', async () => {
    const plain = capture(Buffer.from(json), json)
    const headers = plain.headers.filter(([name]) => name !== 'Content-Encoding')

    const { candidates } = await discover([{ ...plain, headers }, capture(zipped, json)], { secret })

    expect(candidates[0]?.scheme.contentEncoding).toBe('decoded')
  })

  test('with a token is found, too', async () => {
    const { headers, ...rest } = capture(zipped, 'nothing of it')
    const token = [...headers.filter(([name]) => !/acme/i.test(name)), ['X-Acme-Token', secret] as const]

    const { candidates } = await discover([{ ...rest, headers: token }], { secret })

    expect(candidates[0]?.scheme).toMatchObject({
      signature: { algorithm: 'token', header: 'X-Acme-Token' },
      contentEncoding: 'decoded',
    })
  })

  test.each([
    ['Brotli', capture(brotliCompressSync(json), json, 'br')],
    ['gzip within gzip', capture(gzipSync(zipped), json)],
  ])('in a way that no scheme can say is not found, and that is said: %s', async (_, one) => {
    const { candidates, hints } = await discover([one], { secret, budgetMs: 300 })

    expect(candidates).toEqual([])
    expect(hints.join(' ')).toContain("all that a scheme's contentEncoding reads")
  })
})

describe('the reference sender', () => {
  const schemeOf = (contentEncoding: 'decoded' | 'as-sent') =>
    defineScheme({
      name: 'acme',
      signature: { algorithm: 'hmac-sha256', header: 'X-Acme-Signature', encoding: 'hex' },
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'X-Acme-Timestamp', unit: 's' },
      contentEncoding,
    })

  test.each(['decoded', 'as-sent'] as const)(
    'compresses as its scheme says, and is verified: %s',
    async (how) => {
      const scheme = schemeOf(how)
      const now = Number(time) * 1000
      const request = createSender({ scheme, secret, now: () => now }).sign({ body: json })

      expect(request.headers).toContainEqual(['content-encoding', 'gzip'])
      const secrets = [{ id: 'SECRET', value: secret }]
      expect((await explain({ ...request, notes: [] }, { scheme, secrets, now })).verdict).toBe('valid')
    },
  )
})
