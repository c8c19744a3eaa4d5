import { createReceiver, memoryStore, verify } from '@countersign/core'
import { github, hmacScheme, slack, standardWebhooks, stripe, visibuild } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { code, mac, now, post } from '../support/requests.js'
import { githubDelivery, key, standardDelivery, stripeDelivery, time } from '../support/signed-by-others.js'
import { neverRuns, nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

/**
 * Defects that were reproduced in published libraries that verify signatures, each under the library's name.
 * Countersign must have none of them. Those of Express alone are in the adapter's tests.
 */
describe('standardwebhooks', () => {
  const options = { scheme: standardWebhooks(), secret: key, now }

  it('says headers are missing when they come as fetch’s Headers', async () => {
    const { headers, ...rest } = standardDelivery('{}')
    await expect(
      verify({ ...rest, headers: new Headers(headers as Record<string, string>) }, options),
    ).resolves.toBeDefined()
  })

  it('throws a plain Error for a Uint8Array, and a TypeError for a list of header values', async () => {
    const request = standardDelivery('{}')
    await expect(
      verify({ ...request, body: Uint8Array.from(request.body as Uint8Array) }, options),
    ).resolves.toBeDefined()
    const lists = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value]]))
    await expect(
      verify({ ...request, headers: lists as Record<string, string[]> }, options),
    ).resolves.toBeDefined()
  })

  it('takes 1700000000abc for a time', async () => {
    await expect(verify(standardDelivery('{}', { time: `${time}abc` }), options)).rejects.toEqual(
      code('TIMESTAMP_MALFORMED'),
    )
  })

  it('throws a bare SyntaxError for a signed body that is not JSON', async () => {
    await expect(verify(standardDelivery('hello'), options)).rejects.toEqual(code('PAYLOAD_MALFORMED'))
  })

  it('gives two different bodies of invalid UTF-8 one signature', async () => {
    const { headers } = standardDelivery(Buffer.from([0xff]))
    const other = { method: 'POST', url: '/', headers, body: Buffer.from([0xfe]) }
    await expect(verify(other, { ...options, parse: false })).rejects.toEqual(code('SIGNATURE_MISMATCH'))
  })

  it('lets signed bytes be split anew into another id and body', async () => {
    const { headers } = standardDelivery(`X.${time}.{"evil":1}`, { id: 'm' })
    const split = {
      method: 'POST',
      url: '/',
      headers: { ...headers, 'webhook-id': `m.${time}.X` },
      body: Buffer.from('{"evil":1}'),
    }
    await expect(verify(split, options)).rejects.toEqual(code('HEADER_MALFORMED'))
  })

  it('compares equal for two pooled Buffers that differ', async () => {
    const [right, wrong] = [Buffer.from('{"a":1}'), Buffer.from('{"a":2}')]
    expect(right.buffer).toBe(wrong.buffer)
    const { headers } = standardDelivery(right)
    await expect(verify({ method: 'POST', url: '/', headers, body: wrong }, options)).rejects.toEqual(
      code('SIGNATURE_MISMATCH'),
    )
  })
})

describe('octokit', () => {
  it('throws a TypeError in one of its two builds for sha256=zz', async () => {
    const request = githubDelivery('{}', { 'x-hub-signature-256': 'sha256=zz' })
    await expect(verify(request, { scheme: github(), secret })).rejects.toEqual(code('HEADER_MALFORMED'))
  })
})

describe('stripe', () => {
  const options = { scheme: stripe(), secret, now }

  it('takes a time a year ahead', async () => {
    await expect(verify(stripeDelivery(String(nowMs / 1000 + 31_536_000)), options)).rejects.toEqual(
      code('TIMESTAMP_TOO_NEW'),
    )
  })

  it('throws a TypeError for several secrets', async () => {
    const delivery = await verify(stripeDelivery(time), {
      ...options,
      secret: ['the secret before this one', secret],
    })
    expect(delivery.secretId).toBe('1')
  })

  it('throws a plain Error for an empty v1, and a RangeError for one beyond ASCII', async () => {
    await expect(verify(stripeDelivery(time, '{}', ['']), options)).rejects.toEqual(code('HEADER_MALFORMED'))
    await expect(verify(stripeDelivery(time, '{}', ['é'.repeat(64)]), options)).rejects.toEqual(
      code('HEADER_MALFORMED'),
    )
  })

  it('reads a tolerance of 0 as the default', async () => {
    const late = stripeDelivery(String(nowMs / 1000 - 1))
    await expect(verify(late, { ...options, toleranceSeconds: 0 })).rejects.toEqual(code('TIMESTAMP_TOO_OLD'))
  })
})

describe('tern', () => {
  it.each([
    ['github', github()],
    ['standard-webhooks', standardWebhooks()],
  ])('is forgeable with an empty secret (%s)', (_, scheme) => {
    for (const empty of ['', 'whsec_']) {
      expect(() => createReceiver({ scheme, secret: empty })).toThrow(code('SECRET_INVALID'))
    }
  })

  it.each(['$&', '$$', "$'", '$`', '$1'])(
    'cannot verify a body with %s, which String.replace takes for a command',
    async (text) => {
      const body = JSON.stringify({ text })
      await expect(
        verify(standardDelivery(body), { scheme: standardWebhooks(), secret: key, now }),
      ).resolves.toMatchObject({ payload: { text } })
    },
  )

  it('sees only the last of several signatures while a secret is rolled', async () => {
    const body = '{"id":"evt_1"}'
    const right = mac(`${time}.${body}`).digest('hex')
    const other = mac(`${time}.${body}`, 'the secret before').digest('hex')
    for (const signatures of [
      [right, other],
      [other, right],
    ]) {
      await expect(
        verify(stripeDelivery(time, body, signatures), { scheme: stripe(), secret, now }),
      ).resolves.toBeDefined()
    }
  })
})

describe('others', () => {
  it('svix for Rust accepted a signature of no bytes', async () => {
    await expect(
      verify(standardDelivery('{}', { sign: 'v1,' }), { scheme: standardWebhooks(), secret: key, now }),
    ).rejects.toEqual(code('HEADER_MALFORMED'))
  })

  it('Bolt accepted version v9 in one of its receivers', async () => {
    const request = post(
      { 'x-slack-request-timestamp': time, 'x-slack-signature': `v9=${mac(`v0:${time}:{}`).digest('hex')}` },
      '{}',
    )
    await expect(verify(request, { scheme: slack(), secret, now })).rejects.toEqual(code('HEADER_MALFORMED'))
  })

  it('receivers kept a record for each forged id: here none is left', async () => {
    const store = memoryStore()
    const receiver = createReceiver({ scheme: visibuild(), secret, store, endpoint: 'tickets', now })
    for (let index = 0; index < 20_000; index++) {
      const request = visibuildDelivery({ id: `forged-${index}`, signWith: 'not the secret of anybody' })
      await receiver.receive(request, neverRuns)
    }
    expect(store.size).toBe(0)
  })

  it('a date in an unsigned header over an old signed body passed for fresh', () => {
    const signature = { header: 'x-sig', encoding: 'hex', signedContent: '{body}' } as const
    expect(() =>
      hmacScheme({ name: 'unsigned-time', ...signature, timestamp: { header: 'x-time', unit: 's' } }),
    ).toThrow(code('SCHEME_INVALID'))
  })
})
