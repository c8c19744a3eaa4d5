import { createHmac } from 'node:crypto'
import { createReceiver, memoryStore, verify, type WebhookRequest } from '@countersign/core'
import { github, hmacScheme, slack, standardWebhooks, stripe, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'
import { neverRuns, nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

/**
 * Defects that were reproduced in published receivers of webhooks, each by its name there. None of them may come up
 * here. Those of Express alone are in the adapter's tests.
 */
const time = String(nowMs / 1000)
const now = () => nowMs
const key = Buffer.from(secret)
const code = (reason: string) => expect.objectContaining({ code: `ERR_WEBHOOK_${reason}` })
const mac = (content: string | Uint8Array, with_: string | Uint8Array = key) =>
  createHmac('sha256', with_).update(content)
const post = (headers: Record<string, string>, body: string | Uint8Array): WebhookRequest => ({
  method: 'POST',
  url: '/',
  headers,
  body: Buffer.from(body),
})

function standardDelivery(
  body: string | Uint8Array,
  parts: { id?: string; time?: string; sign?: string } = {},
) {
  const { id = 'msg_1', time: at = time } = parts
  const content = Buffer.concat([Buffer.from(`${id}.${at}.`), Buffer.from(body)])
  const signature = parts.sign ?? `v1,${mac(content).digest('base64')}`
  return post({ 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature }, body)
}
const githubDelivery = (body: string, headers: Record<string, string> = {}) =>
  post(
    {
      'x-hub-signature-256': `sha256=${mac(body).digest('hex')}`,
      'x-github-delivery': 'd1',
      'x-github-event': 'push',
      ...headers,
    },
    body,
  )
const stripeDelivery = (
  at: string,
  body = '{"id":"evt_1"}',
  signatures = [mac(`${at}.${body}`).digest('hex')],
) => post({ 'stripe-signature': [`t=${at}`, ...signatures.map((hex) => `v1=${hex}`)].join() }, body)

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

describe('better-webhook', () => {
  const options = { scheme: visibuild(), secret, now }

  it('refuses the retry of a failed handler as a replay', async () => {
    const receiver = createReceiver(options)
    const handler = vi.fn().mockRejectedValueOnce(new Error('once'))
    expect((await receiver.receive(visibuildDelivery(), handler)).response.status).toBe(500)
    expect((await receiver.receive(visibuildDelivery(), handler)).type).toBe('processed')
  })

  it('runs a delivery again when its signature is sent in upper case', async () => {
    const receiver = createReceiver(options)
    const request = visibuildDelivery()
    const upper = (request.headers['x-visibuild-signature'] ?? '').slice(7).toUpperCase()
    await receiver.receive(request, () => undefined)
    const again = { ...request, headers: { ...request.headers, 'x-visibuild-signature': `sha256=${upper}` } }
    expect((await receiver.receive(again, neverRuns)).type).toBe('duplicate')
  })

  it('frees the claim when the completion fails after a success', async () => {
    const store = memoryStore()
    const release = vi.spyOn(store, 'release')
    vi.spyOn(store, 'complete').mockImplementation(() => {
      throw new Error('connection lost')
    })
    const receiver = createReceiver({ ...options, store, endpoint: 'tickets' })
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).response.status).toBe(200)
    expect(release).not.toHaveBeenCalled()
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('unavailable')
  })

  it('answers 409 for ever after a crash in the handler, as no lease ends', async () => {
    const clock = createFakeClock({ now: nowMs })
    const receiver = createReceiver({ scheme: visibuild(), secret, clock, maxHandlerMs: 1 })
    await receiver.accept(visibuildDelivery())
    await clock.advance(30_000)
    expect(
      (await receiver.receive(visibuildDelivery({ timestamp: String(nowMs / 1000 + 30) }), () => undefined))
        .type,
    ).toBe('processed')
  })

  it('lets a stale worker free the claim of the live one', async () => {
    const clock = createFakeClock({ now: nowMs })
    const receiver = createReceiver({ scheme: visibuild(), secret, clock, maxHandlerMs: 1 })
    const stale = await receiver.accept(visibuildDelivery())
    await clock.advance(30_000)
    const later = visibuildDelivery({ timestamp: String(nowMs / 1000 + 30) })
    await receiver.accept(later)
    if (stale.accepted) await stale.settle({ ok: false })
    expect((await receiver.receive(later, neverRuns)).type).toBe('in-progress')
  })

  it('remembers for one side of the window what is accepted on both', async () => {
    const clock = createFakeClock({ now: nowMs })
    const receiver = createReceiver({
      scheme: visibuild({ retries: [0] }),
      secret,
      clock,
      retentionMs: 660_000,
    })
    const ahead = visibuildDelivery({ timestamp: String(nowMs / 1000 + 300) })
    await receiver.receive(ahead, () => undefined)
    await clock.advance(599_999)
    expect((await receiver.receive(ahead, neverRuns)).type).toBe('duplicate')
    await clock.advance(2)
    expect((await receiver.receive(ahead, neverRuns)).type).toBe('refused')
  })
})

describe('HookKit', () => {
  it('loses an event whose handler failed: the retry is acknowledged as a duplicate', async () => {
    const receiver = createReceiver({ scheme: github(), secret })
    await receiver.receive(githubDelivery('{}'), () => Promise.reject(new Error('once')))
    expect((await receiver.receive(githubDelivery('{}'), () => undefined)).type).toBe('processed')
  })

  it('dies of a signed body that is not JSON, and of a store that is down', async () => {
    const store = memoryStore()
    vi.spyOn(store, 'claim').mockImplementation(() => {
      throw new Error('connection refused')
    })
    const receiver = createReceiver({ scheme: github(), secret, store })
    expect((await receiver.receive(githubDelivery('not JSON'), neverRuns)).response.status).toBe(400)
    expect((await receiver.receive(githubDelivery('{}'), neverRuns)).response.status).toBe(503)
  })
})

describe('Postel', () => {
  it('does not deduplicate any sender but those of Standard Webhooks', async () => {
    const receiver = createReceiver({ scheme: github(), secret })
    const handler = vi.fn()
    for (let copy = 0; copy < 3; copy++) await receiver.receive(githubDelivery('{}'), handler)
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('lets an added webhook-id on a GitHub delivery pass for a delivery of another sender', async () => {
    const store = memoryStore()
    const hub = createReceiver({ scheme: github(), secret, store, endpoint: 'hub', now })
    const standard = createReceiver({
      scheme: standardWebhooks(),
      secret: key,
      store,
      endpoint: 'standard',
      now,
    })
    const poisoned = githubDelivery('{}', { 'webhook-id': 'victim', 'x-github-delivery': 'victim' })
    expect((await hub.receive(poisoned, () => undefined)).type).toBe('processed')
    expect((await standard.receive(standardDelivery('{}', { id: 'victim' }), () => undefined)).type).toBe(
      'processed',
    )
  })

  it('ignores tolerance and clock for Stripe and Slack', async () => {
    const at = String(nowMs / 1000 - 100)
    const slackDelivery = post(
      { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${mac(`v0:${at}:{}`).digest('hex')}` },
      '{}',
    )
    for (const [scheme, request] of [
      [stripe(), stripeDelivery(at)],
      [slack(), slackDelivery],
    ] as const) {
      await expect(verify(request, { scheme, secret, now, toleranceSeconds: 99 })).rejects.toEqual(
        code('TIMESTAMP_TOO_OLD'),
      )
      await expect(verify(request, { scheme, secret, now, toleranceSeconds: 100 })).resolves.toBeDefined()
      await expect(verify(request, { scheme, secret })).rejects.toEqual(code('TIMESTAMP_TOO_OLD'))
    }
  })
})

describe('fastify-webhook-verify', () => {
  it('lets two copies through that come at once', async () => {
    const receiver = createReceiver({ scheme: github(), secret })
    const handler = vi.fn()
    await Promise.all([1, 2].map(() => receiver.receive(githubDelivery('{}'), handler)))
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('takes junk behind the hex digits for another delivery', async () => {
    const request = githubDelivery('{}', { 'x-hub-signature-256': `sha256=${mac('{}').digest('hex')}zz` })
    await expect(verify(request, { scheme: github(), secret })).rejects.toEqual(code('HEADER_MALFORMED'))
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
