import { createReceiver, type Scheme } from '@countersign/core'
import * as schemes from '@countersign/core/schemes'
import { createSender, exampleEvents, type SignedRequest } from '@countersign/testing'
import { verify as verifyGithub } from '@octokit/webhooks-methods'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'

const secret = 'k3y-of-the-examples-0123456789'
const standard = `whsec_${Buffer.from(secret).toString('base64')}`
const senders: readonly (readonly [name: string, scheme: Scheme, secret: string])[] = [
  ['github', schemes.github(), secret],
  ['stripe', schemes.stripe(), secret],
  ['slack', schemes.slack(), secret],
  ['shopify', schemes.shopify(), secret],
  ['visibuild', schemes.visibuild(), secret],
  ['visisto', schemes.visisto(), secret],
]
const textOf = ({ body }: SignedRequest) => Buffer.from(body).toString('utf8')
const headerOf = ({ headers }: SignedRequest, name: string) =>
  headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? ''
const events = (name: string) => exampleEvents(name) ?? []
const all = senders.flatMap(([name, scheme, key]) =>
  events(name).map((event) => [name, event, scheme, key] as const),
)

describe('the example of', () => {
  test.each(all)('%s %s is verified, and is of that event', async (name, event, scheme, key) => {
    const receiver = createReceiver({ scheme, secret: key })
    const { event: named, payload } = await receiver.verify(
      createSender({ scheme, secret: key }).sign({ event }),
    )
    const [plain, action] = name === 'github' ? event.split('.') : [event]
    expect(named).toBe(plain)
    if (action !== undefined) expect(payload).toMatchObject({ action })
    // Realistic enough to be read: more than a name and an id.
    const isShort = event.endsWith('/delete')
    expect(JSON.stringify(payload).length).toBeGreaterThan(isShort ? 8 : 50)
  })

  test.each(senders)('two events of %s are two bodies', (name, scheme, key) => {
    const sender = createSender({ scheme, secret: key })
    const bodies = events(name)
      .filter(
        (event) =>
          name !== 'github' ||
          event.includes('.') ||
          ['push', 'ping', 'fork', 'create', 'delete'].includes(event),
      )
      .map((event) => {
        const text = textOf(sender.sign({ event, id: 'same-id' }))
        return text.replaceAll(`"${event}"`, '"EVENT"')
      })
    const shared = name === 'stripe' || name === 'slack' || name === 'visibuild' ? 6 : 0
    expect(bodies.length - new Set(bodies).size).toBeLessThanOrEqual(shared)
  })

  test.each(events('stripe'))('stripe %s is an event to its library', (event) => {
    const request = createSender({ scheme: schemes.stripe(), secret }).sign({ event })
    const made = Stripe.webhooks.constructEvent(
      textOf(request),
      headerOf(request, 'stripe-signature'),
      secret,
    )
    expect(made).toMatchObject({ type: event, object: 'event', livemode: false })
    // `customer.subscription.created` is of a subscription, `checkout.session.completed` of a checkout.session.
    const { object } = made.data.object as unknown as { object: string }
    expect(
      event
        .split('.')
        .some((_, index, words) => words.slice(index).join('.').startsWith(object) || object === 'dispute'),
    ).toBe(true)
  })

  test.each(events('github'))('github %s is signed as its library checks', async (event) => {
    const request = createSender({ scheme: schemes.github(), secret }).sign({ event })
    expect(await verifyGithub(secret, textOf(request), headerOf(request, 'x-hub-signature-256'))).toBe(true)
    expect(JSON.parse(textOf(request))).toMatchObject({ sender: { login: 'ada' } })
  })

  test('what people do in Slack is a form, and a challenge has no id', async () => {
    const sender = createSender({ scheme: schemes.slack(), secret })
    const action = sender.prepare({ event: 'block_actions', id: 'a-1' })
    expect(headerOf(action.sign(), 'content-type')).toBe('application/x-www-form-urlencoded')
    expect(textOf(action.sign())).toMatch(/^payload=%7B/)
    expect([action.event, action.identity]).toEqual(['block_actions', undefined])
    const challenge = sender.prepare({ event: 'url_verification', id: 'a-1' })
    expect(challenge.identity).toBeUndefined()
    expect(JSON.parse(textOf(challenge.sign()))).toMatchObject({ challenge: expect.any(String) })
  })

  test('an event that is not known has no data of another', () => {
    const bodyOf = (scheme: Scheme, event: string) =>
      JSON.parse(textOf(createSender({ scheme, secret }).sign({ event })))
    expect(bodyOf(schemes.stripe(), 'payout.paid').data).toEqual({ object: {} })
    expect(Object.keys(bodyOf(schemes.github(), 'watch')).sort()).toEqual([
      'organization',
      'repository',
      'sender',
    ])
    expect(bodyOf(schemes.slack(), 'file_shared').event).toEqual({ type: 'file_shared' })
    expect(bodyOf(schemes.shopify(), 'carts/create')).toEqual({})
    expect(bodyOf(schemes.visibuild(), 'ticket.deleted').data).toEqual({})
    expect(bodyOf(schemes.visisto(), 'quiz.finished').data).toEqual({})
  })
})

test('a scheme of your own has an example of any event', () => {
  expect(exampleEvents('acme')).toBeUndefined()
  expect(exampleEvents('standard-webhooks')).toBeUndefined()
  expect(exampleEvents('toString')).toBeUndefined()
})

describe('an id that is chosen', () => {
  const own = schemes.hmacScheme({ name: 'own', header: 'x-s', identity: { header: 'x-own-id' } })
  const inField = schemes.hmacScheme({ name: 'own', header: 'x-s', identity: { json: '/order/id' } })
  const kinds: readonly (readonly [string, Scheme, object])[] = [
    ['github', schemes.github(), { in: 'header', place: 'X-GitHub-Delivery', withBody: true }],
    ['shopify', schemes.shopify(), { in: 'header', place: 'X-Shopify-Webhook-Id', withBody: true }],
    ['stripe', schemes.stripe(), { in: 'body', place: '/id', withBody: false }],
    ['slack', schemes.slack(), { in: 'body', place: '/event_id', withBody: false }],
    ['visibuild', schemes.visibuild(), { in: 'body', place: '/id', withBody: false }],
    ['standard-webhooks', schemes.standardWebhooks(), { in: 'header', place: 'webhook-id', withBody: false }],
    [
      'fingerprinting-api',
      schemes.fingerprintingApi({ event: 'NEW_VISIT' }),
      { in: 'body', place: '/id', withBody: false },
    ],
    ['a header of its own', own, { in: 'header', place: 'x-own-id', withBody: true }],
    ['a field of its own', inField, { in: 'body', place: '/order/id', withBody: false }],
  ]

  test.each(kinds)('is what deduplicates, and is said so: %s', async (name, scheme, place) => {
    const key = name === 'standard-webhooks' ? standard : secret
    let now = 1_773_738_000_000
    const sender = createSender({ scheme, secret: key, now: () => now })
    const receiver = createReceiver({ scheme, secret: key, now: () => now, onWarning: () => {} })
    expect(sender.prepare({ id: 'chosen-1' }).identity).toEqual({ ...place, value: 'chosen-1' })
    const types = []
    for (const id of ['chosen-1', 'chosen-1', 'chosen-2', 'chosen-1']) {
      types.push((await receiver.receive(sender.sign({ id }), () => undefined)).type)
      now += 5_000
    }
    expect(types).toEqual(['processed', 'duplicate', 'processed', 'duplicate'])
  })

  test.each(kinds)(
    'and is written over the one that a payload has: %s',
    (_, scheme, { place, in: where }: { place?: string; in?: string }) => {
      const payload = { id: 'old', event_id: 'old', order: { id: 'old' } }
      const sender = createSender({ scheme, secret: standard })
      expect(sender.prepare({ payload, id: 'chosen-1' }).identity).toMatchObject({ place, value: 'chosen-1' })
      if (where !== 'body') return
      expect(sender.prepare({ payload }).identity?.value).toBe('old')
      const fresh = [1, 2].map(() => sender.prepare({ payload, freshId: true }).identity?.value)
      expect(new Set([...fresh, 'old']).size).toBe(3)
    },
  )

  test('where nothing deduplicates, that is said', () => {
    for (const scheme of [schemes.embeddable(), schemes.scratcher(), schemes.github({ identity: 'none' })])
      expect(
        createSender({ scheme, secret: 'a:b-0123456789abcdef' }).prepare({ id: 'x' }).identity,
      ).toBeUndefined()
    expect(createSender({ scheme: schemes.visisto(), secret }).prepare().identity).toEqual({
      in: 'digest',
      withBody: true,
    })
    const raw = createSender({ scheme: schemes.stripe(), secret }).prepare({
      id: 'x',
      body: '{"id":"evt_9"}',
    })
    expect(raw.identity).toMatchObject({ value: 'evt_9' })
  })
})
