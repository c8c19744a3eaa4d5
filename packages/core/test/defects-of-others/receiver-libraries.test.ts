import { createReceiver, memoryStore, verify } from '@countersign/core'
import { github, slack, standardWebhooks, stripe, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'
import { code, mac, now, post } from '../support/requests.js'
import { githubDelivery, key, standardDelivery, stripeDelivery } from '../support/signed-by-others.js'
import { neverRuns, nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

/**
 * Defects that were reproduced in published libraries that keep records of deliveries, each under the library's name.
 * Countersign must have none of them. Those of Express alone are in the adapter's tests.
 */
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
