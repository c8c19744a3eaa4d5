import { randomUUID } from 'node:crypto'

/** A delivery as a sender might make it. */
export interface ExampleDelivery {
  readonly event: string
  readonly payload: unknown
  /** The delivery id, where it has a form of its own. */
  readonly id?: string
  /** Unsigned headers the sender always adds. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What an example is filled with. */
export interface ExampleInput {
  readonly event: string | undefined
  /** ISO 8601. */
  readonly time: string
}

type MakeExample = (input: ExampleInput) => ExampleDelivery

/** An example of the scheme's deliveries, with fresh ids; for senders not known here a small general one. */
export function exampleDelivery(schemeName: string, input: ExampleInput): ExampleDelivery {
  const make = Object.hasOwn(examples, schemeName) ? examples[schemeName] : undefined
  return (make ?? general)(input)
}

const general: MakeExample = ({ event = 'example.created', time }) => ({
  event,
  payload: { id: `evt_${randomUUID()}`, type: event, createdAt: time, data: { message: 'Hello' } },
})

const visisto: MakeExample = ({ event = 'contact.created', time }) => {
  const contact = { email: 'ada@example.com', name: 'Ada Lovelace', phone: '+44 20 7946 0000' }
  const origin = { campaign_id: 'cmp_abc123', source_url: 'https://shop.example.com/', widget_type: 'popup' }
  const reward = { coupon_code: 'WELCOME10', discount_value: '10%', expires_at: time }
  const data =
    event === 'reward.issued'
      ? { ...reward, contact, ...origin }
      : { ...contact, fields: { company: 'Analytical Engines' }, ...origin }
  return { event, payload: { event, timestamp: time, data } }
}

const fingerprintingApi: MakeExample = ({ event = 'NEW_VISIT', time }) => ({
  event,
  payload: {
    id: randomUUID(),
    url: 'https://shop.example.com/pricing',
    params: { utm_source: 'newsletter', utm_medium: 'email', utm_campaign: 'spring' },
    referrer: 'https://www.example.com/',
    date: time,
    ip: '203.0.113.7',
    visitor: { id: randomUUID(), firstSeen: time, company: { name: 'Example Ltd', domain: 'example.com' } },
    location: { country: 'GB', city: 'London', state: 'England' },
    trafficSource: { channel: 'email', source: 'newsletter', campaign: 'spring' },
    device: { model: 'iPhone', os: 'iOS', gpu: 'Apple GPU', hardwareConcurrency: '6' },
    browser: { name: 'Safari', version: '18.2', vendor: 'Apple' },
    timezone: 'Europe/London',
    screen: { height: '2532', width: '1170', touch: 'true' },
  },
})

const embeddable: MakeExample = ({ event = 'submission' }) => ({
  event,
  payload: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    phone: '+44 20 7946 0000',
    company: 'Analytical Engines',
    message: 'Please call me back.',
  },
})

const visibuild: MakeExample = ({ event = 'ticket.status_changed', time }) => {
  const ticket = { id: randomUUID(), ticketNo: '456', title: 'Crack in the slab, level 3', status: 'closed' }
  const details: Readonly<Record<string, object>> = {
    'ticket.status_changed': {
      ticket: { ...ticket, previousStatus: 'open' },
      change: { from: 'open', to: 'closed', changedAt: time },
    },
    'ticket.comment_added': { ticket, comment: { id: randomUUID(), text: 'Inspected.', createdAt: time } },
  }
  const data = Object.hasOwn(details, event) ? details[event] : { ticket }
  return {
    event,
    payload: { id: randomUUID(), type: event, timestamp: time, apiVersion: '2025-01-01', data },
  }
}

const scratcher: MakeExample = ({ event = 'submission' }) => ({
  event,
  payload: { email: 'ada@example.com', campaign_name: 'Spring', source: 'webhook' },
})

const standardWebhooks: MakeExample = ({ event = 'invoice.paid', time }) => ({
  event,
  payload: { type: event, timestamp: time, data: { id: `inv_${randomUUID()}` } },
  id: `msg_${randomUUID().replaceAll('-', '')}`,
})

const github: MakeExample = ({ event = 'push' }) => ({
  event,
  payload: {
    ref: 'refs/heads/main',
    after: randomUUID().replaceAll('-', '').padEnd(40, '0'),
    repository: { id: 1, full_name: 'example/shop' },
    sender: { id: 2, login: 'ada' },
  },
})

const stripe: MakeExample = ({ event = 'invoice.paid', time }) => ({
  event,
  payload: {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    object: 'event',
    type: event,
    created: Math.floor(Date.parse(time) / 1000),
    livemode: false,
    data: { object: { id: 'in_123', object: 'invoice', amount_paid: 1200, currency: 'eur' } },
  },
})

const slack: MakeExample = ({ event = 'app_mention', time }) => ({
  event,
  payload: {
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 9).toUpperCase()}`,
    event_time: Math.floor(Date.parse(time) / 1000),
    team_id: 'T0001',
    event: { type: event, user: 'U0001', text: 'Hello', channel: 'C0001' },
  },
})

const shopify: MakeExample = ({ event = 'orders/create', time }) => ({
  event,
  payload: { id: 5_001, email: 'ada@example.com', created_at: time, total_price: '12.00' },
  headers: {
    'x-shopify-shop-domain': 'example.myshopify.com',
    'x-shopify-api-version': '2026-01',
    'x-shopify-event-id': randomUUID(),
    'x-shopify-triggered-at': time,
  },
})

const examples: Readonly<Record<string, MakeExample>> = {
  visisto,
  'fingerprinting-api': fingerprintingApi,
  embeddable,
  visibuild,
  scratcher,
  'standard-webhooks': standardWebhooks,
  github,
  stripe,
  slack,
  shopify,
}
