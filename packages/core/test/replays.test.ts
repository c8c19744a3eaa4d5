import {
  createReceiver,
  memoryStore,
  type ReceiverOptions,
  type Scheme,
  type WebhookEvent,
  WebhookPermanentError,
} from '@countersign/core'
import { github, hmacScheme, shopify, slack, visibuild, visisto } from '@countersign/core/schemes'
import type { SignedRequest, SignOptions } from '@countersign/testing'
import { createFakeClock, createSender } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'

const nowMs = Date.parse('2026-03-17T09:00:00Z')
const secret = 'a-signing-secret-of-32-characters'

const acme = (options: object = {}) =>
  hmacScheme({
    name: 'acme',
    header: 'X-Signature',
    signedContent: '{timestamp}.{body}',
    timestamp: { header: 'X-Timestamp', unit: 's' },
    deliveryId: { header: 'X-Delivery' },
    eventType: { header: 'X-Event' },
    ...options,
  })

function setUp(scheme: Scheme, options: Partial<ReceiverOptions<WebhookEvent>> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const store = memoryStore({ now: clock.monotonic })
  const onWarning = vi.fn()
  const receiver = createReceiver({ endpoint: 'e', scheme, secret, store, clock, onWarning, ...options })
  const sender = createSender({ scheme, secret, now: clock.now })
  const handler = vi.fn<() => unknown>()
  const sign = (signing: SignOptions = {}) => sender.sign(signing)
  const receive = async (request: SignedRequest) => (await receiver.receive(request, handler)).type
  return { clock, store, sign, receive, handler, onWarning }
}

/** The same bytes and the same proof, with other headers around them. */
function around(request: SignedRequest, headers: Record<string, string>): SignedRequest {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const kept = request.headers.filter(([name]) => !names.has(name.toLowerCase()))
  return { ...request, headers: [...kept, ...Object.entries(headers)] }
}

const types = async (
  requests: readonly SignedRequest[],
  receive: (request: SignedRequest) => Promise<string>,
) => {
  const all: string[] = []
  for (const request of requests) all.push(await receive(request))
  return all
}

describe('where a time is signed, nothing runs twice while it is accepted', () => {
  it.each<[string, Scheme, SignOptions]>([
    ['a slash command of Slack', slack(), { body: 'token=t&command=%2Fdeploy&text=now' }],
    ['a button of Slack', slack(), { body: 'payload=%7B%22type%22%3A%22block_actions%22%7D' }],
    [
      'a reward of Visisto without a contact',
      visisto(),
      { body: '{"event":"reward.issued","timestamp":"2026-03-17T08:59:00Z","data":{"code":"A"}}' },
    ],
    ['a body without the id of the scheme', visibuild(), { body: '{"type":"ping"}' }],
    ['a scheme without any id', acme({ deliveryId: undefined, eventType: undefined }), { body: '{}' }],
    ['a scheme whose user turned identity off', visibuild({ identity: 'none' }), {}],
  ])('%s', async (_, scheme, signing) => {
    const { sign, receive, handler } = setUp(scheme)
    const request = sign(signing)
    expect(await types(Array(5).fill(request), receive)).toEqual(['processed', ...Array(4).fill('duplicate')])
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it.each<[string, Scheme, string]>([
    ['an unsigned delivery id', acme(), 'X-Delivery'],
    ['an unsigned event', acme({ eventId: { json: '/id' } }), 'X-Event'],
    [
      'an unsigned attribute',
      acme({ deliveryId: undefined, attributes: { shop: { header: 'X-Shop' } } }),
      'X-Shop',
    ],
    ['a header named as identity', acme({ identity: { header: 'X-Key' } }), 'X-Key'],
    ['the delivery id of Visibuild, without an id in the body', visibuild(), 'X-Visibuild-Delivery'],
  ])('under another value of %s', async (_, scheme, header) => {
    const { sign, receive, handler } = setUp(scheme)
    const request = around(sign({ body: '{"id":1}' }), { [header]: 'first' })
    const replays = Array.from({ length: 5 }, (_, index) => around(request, { [header]: `other-${index}` }))
    expect(await types([request, ...replays, request], receive)).toEqual([
      'processed',
      ...Array(6).fill('duplicate'),
    ])
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('and the sender’s retry under the same id and a new time is recognised as before', async () => {
    const { clock, sign, receive, handler } = setUp(acme())
    await receive(sign({ body: '{}', id: 'delivery-1' }))
    await clock.advance(60_000)
    expect(await receive(sign({ body: '{}', id: 'delivery-1' }))).toBe('duplicate')
    expect(await receive(sign({ body: '{"n":2}', id: 'delivery-2' }))).toBe('processed')
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('a failed attempt can be repeated, with the same bytes or with a new time', async () => {
    const { clock, sign, receive, handler } = setUp(acme())
    handler.mockRejectedValueOnce(new Error('down')).mockRejectedValueOnce(new Error('down'))
    const request = sign({ id: 'delivery-1' })
    expect(await receive(request)).toBe('handler-failed')
    expect(await receive(request)).toBe('handler-failed')
    await clock.advance(60_000)
    expect(await receive(sign({ id: 'delivery-1', body: request.body }))).toBe('processed')
    expect(await receive(around(request, { 'X-Delivery': 'other' }))).toBe('processed')
  })

  it('two copies under two ids at once run once, and the loser is asked to come again', async () => {
    const { sign, receive, handler } = setUp(acme())
    let finish = () => {}
    handler.mockImplementationOnce(() => new Promise<void>((resolve) => (finish = resolve)))
    const request = sign({ id: 'one' })
    const first = receive(request)
    await vi.waitFor(() => expect(handler).toHaveBeenCalled())
    expect(await receive(around(request, { 'X-Delivery': 'two' }))).toBe('in-progress')
    finish()
    expect(await first).toBe('processed')
  })

  it('a replay leaves no record of its own', async () => {
    const { store, sign, receive } = setUp(acme())
    const request = sign({ id: 'one' })
    await receive(request)
    const { size } = store
    for (let index = 0; index < 50; index++) await receive(around(request, { 'X-Delivery': `id-${index}` }))
    expect(store.size).toBe(size)
  })

  it('what failed for good runs under no other id', async () => {
    const { sign, receive, handler } = setUp(acme())
    handler.mockRejectedValueOnce(new WebhookPermanentError('broken'))
    const request = sign({ id: 'one' })
    expect(await receive(request)).toBe('failed-for-good')
    expect(await receive(around(request, { 'X-Delivery': 'two' }))).toBe('duplicate')
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('the record of a replay lasts as long as the time is accepted, and not for days', async () => {
    const { clock, store, sign, receive } = setUp(slack())
    await receive(sign({ body: 'token=t&command=%2Fdeploy' }))
    expect(await store.count()).toMatchObject({ completed: 1 })
    await clock.advance(11 * 60_000)
    expect(await store.count()).toMatchObject({ completed: 0 })
  })

  it('a store that fails at one of the two claims leaves nothing claimed', async () => {
    const { store, sign, receive } = setUp(acme())
    const claim = store.claim.bind(store)
    let calls = 0
    vi.spyOn(store, 'claim').mockImplementation((request) => {
      calls += 1
      if (calls === 2) throw new Error('connection lost')
      return claim(request)
    })
    const request = sign()
    expect(await receive(request)).toBe('unavailable')
    expect(await receive(request)).toBe('processed')
  })
})

describe('where no time is signed', () => {
  it('equal bodies are one event under body-digest, whatever the event’s header says', async () => {
    const scheme = github({ identity: 'body-digest' })
    const { sign, receive, handler } = setUp(scheme)
    const request = sign({ body: '{"ref":"refs/heads/main"}', event: 'push' })
    const replays = ['push', 'pull_request', 'ping', ''].map((event) =>
      around(request, { 'X-GitHub-Event': event || 'x', 'X-GitHub-Delivery': `new ${event}` }),
    )
    expect(await types([request, ...replays], receive)).toEqual(['processed', ...Array(4).fill('duplicate')])
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('and whatever the shop’s header says', async () => {
    const { sign, receive } = setUp(shopify({ identity: 'body-digest' }))
    const request = sign({ body: '{"id":1}' })
    const other = around(request, {
      'X-Shopify-Shop-Domain': 'other.myshopify.com',
      'X-Shopify-Topic': 'x/y',
    })
    expect(await types([request, other], receive)).toEqual(['processed', 'duplicate'])
  })
})
