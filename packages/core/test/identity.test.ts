import { createHmac } from 'node:crypto'
import { createReceiver, type Receiver, verify, type WebhookRequest } from '@countersign/core'
import {
  embeddable,
  fingerprintingApi,
  github,
  hmacScheme,
  type Scheme,
  scratcher,
  shopify,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

const now = () => nowMs

function signed(header: string, body: string, headers: Record<string, string> = {}): WebhookRequest {
  const mac = createHmac('sha256', secret).update(body)
  const value = header === 'x-shopify-hmac-sha256' ? mac.digest('base64') : `sha256=${mac.digest('hex')}`
  return { method: 'POST', url: '/', headers: { [header]: value, ...headers }, body: Buffer.from(body) }
}

const githubDelivery = (body: string, id: string, event = 'push') =>
  signed('x-hub-signature-256', body, { 'x-github-delivery': id, 'x-github-event': event })

async function outcomes(scheme: Scheme, requests: readonly WebhookRequest[]): Promise<readonly string[]> {
  const receiver: Receiver = createReceiver({ scheme, secret, now })
  const types: string[] = []
  for (const request of requests) types.push((await receiver.receive(request, () => undefined)).type)
  return types
}

describe('a signed id in the body', () => {
  it('makes a captured request under another delivery id the same event', async () => {
    const requests = ['one', 'two', 'three'].map((deliveryId) => visibuildDelivery({ deliveryId }))
    expect(await outcomes(visibuild(), requests)).toEqual(['processed', 'duplicate', 'duplicate'])
  })

  it('makes another event’s delivery id on a captured request harmless to that event', async () => {
    const captured = visibuildDelivery({ id: 'event-1', deliveryId: 'delivery-of-event-2' })
    const real = visibuildDelivery({ id: 'event-2', deliveryId: 'delivery-of-event-2' })
    expect(await outcomes(visibuild(), [captured, real])).toEqual(['processed', 'processed'])
  })

  it('in a forged request blocks nothing', async () => {
    const forged = visibuildDelivery({ id: 'event-1', signWith: 'somebody else’s secret' })
    expect(await outcomes(visibuild(), [forged, visibuildDelivery({ id: 'event-1' })])).toEqual([
      'refused',
      'processed',
    ])
  })

  it('wins over the header for the type too: a captured request under another type is the same event', async () => {
    const request = visibuildDelivery()
    const retyped = { ...request, headers: { ...request.headers, 'x-visibuild-event': 'ticket.archived' } }
    const delivery = await verify(retyped, { scheme: visibuild(), secret, now })
    expect(delivery.event).toBe('ticket.created')
    expect(await outcomes(visibuild(), [request, retyped])).toEqual(['processed', 'duplicate'])
  })

  it.each<[string, string | undefined]>([
    ['"text"', 'text'],
    ['7', '7'],
    ['9007199254740993', undefined],
    ['1.5', undefined],
    ['1e400', undefined],
    ['""', undefined],
    ['null', undefined],
    ['true', undefined],
    ['{}', undefined],
    ['["a"]', undefined],
  ])('written %s is %s', async (json, id) => {
    const request = visibuildDelivery({ body: `{"id":${json}}`, deliveryId: 'header-id' })
    const { idempotencyKey } = await verify(request, { scheme: visibuild(), secret, now })
    const kind = JSON.parse(idempotencyKey ?? 'null')?.slice(3, 5)
    expect(kind).toEqual(id === undefined ? ['header', 'header-id'] : ['event', id])
  })

  it('may be long or hold any character, and two ids never share a key', async () => {
    const ids = [
      'a',
      'A',
      'a"',
      'a\\"',
      'a,b',
      '__proto__',
      '\u0000',
      '\ud800',
      '\\ud800',
      'x'.repeat(4000),
      `${'x'.repeat(4000)}y`,
      '1',
      ' 1',
    ]
    const keys = new Set<unknown>()
    for (const id of ids) {
      const delivery = await verify(visibuildDelivery({ id }), { scheme: visibuild(), secret, now })
      expect(delivery.idempotencyKey?.length).toBeLessThanOrEqual(512)
      keys.add(delivery.idempotencyKey)
    }
    expect(keys.size).toBe(ids.length)
  })
})

describe('an unsigned delivery id', () => {
  it('identifies only together with the digest of the body', async () => {
    const requests = [
      githubDelivery('{"a":1}', 'id-1'),
      githubDelivery('{"a":1}', 'id-1'),
      githubDelivery('{"a":2}', 'id-1'),
    ]
    expect(await outcomes(github(), requests)).toEqual(['processed', 'duplicate', 'processed'])
  })

  it('under which a captured request is replayed runs again, unless the digest guard is on', async () => {
    const replays = Array.from({ length: 20 }, (_, index) => githubDelivery('{"a":1}', `id-${index}`))
    expect(new Set(await outcomes(github(), replays))).toEqual(new Set(['processed']))
    const guarded = await outcomes(github({ identity: 'body-digest' }), replays)
    expect(guarded.filter((type) => type === 'processed')).toHaveLength(1)
  })

  it('under another unsigned event type cannot complete the real event', async () => {
    const requests = [githubDelivery('{"a":1}', 'id-1', 'ping'), githubDelivery('{"a":1}', 'id-1', 'push')]
    expect(await outcomes(github(), requests)).toEqual(['processed', 'processed'])
  })

  it('under another shop or topic cannot complete the real event', async () => {
    const deliver = (shop: string, topic: string) =>
      signed('x-shopify-hmac-sha256', '{"id":1}', {
        'x-shopify-webhook-id': 'w1',
        'x-shopify-shop-domain': shop,
        'x-shopify-topic': topic,
      })
    const requests = [deliver('a', 't'), deliver('b', 't'), deliver('a', 'u'), deliver('a', 't')]
    expect(await outcomes(shopify(), requests)).toEqual(['processed', 'processed', 'processed', 'duplicate'])
    const delivery = await verify(deliver('a', 't'), { scheme: shopify(), secret })
    expect(delivery).toMatchObject({ event: 't', attributes: { shop: 'a' } })
  })

  it('that is missing identifies nothing', async () => {
    const request = signed('x-hub-signature-256', '{"a":1}', { 'x-github-event': 'push' })
    expect(await outcomes(github(), [request, request])).toEqual(['processed', 'processed'])
  })
})

describe('a sender that sends nothing unique', () => {
  const form = signed('x-signature', '{"name":"Ada","message":"hi"}')

  it('every delivery is handled: two people may send the same words', async () => {
    expect(await outcomes(embeddable(), [form, form])).toEqual(['processed', 'processed'])
  })

  it('a field can be named, or equal bodies can count as one event', async () => {
    const withId = signed('x-signature', '{"name":"Ada","submission":5}')
    const scheme = embeddable({ identity: { json: '/submission' } })
    expect(await outcomes(scheme, [withId, withId, form, form])).toEqual([
      'processed',
      'duplicate',
      'processed',
      'processed',
    ])
    expect(await outcomes(embeddable({ identity: 'body-digest' }), [form, form])).toEqual([
      'processed',
      'duplicate',
    ])
  })

  it('a header can be named, which identifies together with the digest', async () => {
    const scheme = embeddable({ identity: { header: 'X-Request-Id' } })
    const deliver = (body: string) => signed('x-signature', body, { 'x-request-id': 'r1' })
    expect(await outcomes(scheme, [deliver('{"a":1}'), deliver('{"a":1}'), deliver('{"a":2}')])).toEqual([
      'processed',
      'duplicate',
      'processed',
    ])
  })
})

describe('Visisto, which sends no id', () => {
  const deliver = (payload: object): WebhookRequest => {
    const body = JSON.stringify(payload)
    const mac = createHmac('sha256', secret).update(body).digest('hex')
    return { method: 'POST', url: '/', headers: { 'x-visisto-signature': mac }, body: Buffer.from(body) }
  }
  const timestamp = '2026-03-17T08:00:00Z'

  it('equal bodies with the timestamp and a contact are one event', async () => {
    const contact = deliver({ event: 'contact.created', timestamp, data: { email: 'ada@example.com' } })
    expect(await outcomes(visisto(), [contact, contact])).toEqual(['processed', 'duplicate'])
  })

  it('without a contact only the same signed bytes are one event, with one warning', async () => {
    const bare = deliver({ event: 'contact.created', timestamp, data: { campaign_id: 'c' } })
    const onWarning = vi.fn()
    const receiver = createReceiver({ scheme: visisto(), secret, now, onWarning })
    const types: string[] = []
    const other = deliver({ event: 'contact.created', timestamp, data: { campaign_id: 'd' } })
    for (const request of [bare, bare, other])
      types.push((await receiver.receive(request, () => undefined)).type)
    expect(types).toEqual(['processed', 'duplicate', 'processed'])
    expect(onWarning).toHaveBeenCalledTimes(1)
  })
})

it('the two events of Fingerprinting API with one id are two events, since the configuration says which it is', async () => {
  const request = {
    method: 'POST',
    url: '/',
    headers: { 'x-webhook-signature': secret },
    body: Buffer.from('{"id":"v1"}'),
  }
  const keys = new Set<unknown>()
  for (const event of ['NEW_VISIT', 'NEW_VISITOR'] as const) {
    keys.add((await verify(request, { scheme: fingerprintingApi({ event }), secret })).idempotencyKey)
  }
  expect(keys.size).toBe(2)
})

it('the key does not depend on which secret or which spelling of the signature proved it', async () => {
  const scheme = hmacScheme({
    name: 'plain',
    header: 'x-sig',
    encoding: 'hex',
    signedContent: '{body}',
    identity: 'body-digest',
  })
  const keys = new Set<unknown>()
  for (const key of ['the-first-secret-of-many', 'the-second-secret-of-many']) {
    const hex = createHmac('sha256', key).update('{}').digest('hex')
    for (const value of [hex, hex.toUpperCase()]) {
      const request = { method: 'POST', url: '/', headers: { 'x-sig': value }, body: Buffer.from('{}') }
      const secrets = ['the-first-secret-of-many', 'the-second-secret-of-many']
      keys.add((await verify(request, { scheme, secret: secrets })).idempotencyKey)
    }
  }
  expect(keys.size).toBe(1)
})

it('without parsing there is no key, since an id may be in the body', async () => {
  const delivery = await verify(visibuildDelivery(), { scheme: visibuild(), secret, now, parse: false })
  expect(delivery).toMatchObject({
    id: 'delivery-1',
    event: 'ticket.created',
    payload: undefined,
    idempotencyKey: undefined,
  })
})

it('Scratcher has no identity of its own', async () => {
  const authorization = `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`
  const request = {
    method: 'POST',
    url: '/',
    headers: { authorization },
    body: Buffer.from('{"email":"a@b.c"}'),
  }
  const { idempotencyKey } = await verify(request, { scheme: scratcher(), secret: `user:${secret}` })
  expect(idempotencyKey).toBeUndefined()
})
