import { createHmac, randomUUID } from 'node:crypto'

/** The environment that the examples read. */
export const secrets = {
  VISISTO_SECRET: 'visisto-5b1f0c7e9a3d4826',
  FINGERPRINTING_API_SECRET: 'fingerprinting-8c2e6a4f0b9d7135',
  EMBEDDABLE_SECRET: 'embeddable-3d7a1e9c5f0b8246',
  VISIBUILD_SECRET: 'visibuild-6f4c2a8e0d1b9573',
  SCRATCHER_USERNAME: 'scratcher',
  SCRATCHER_PASSWORD: 'colon:in-it-1a2b3c4d5e6f7081',
}

export type Secrets = typeof secrets

/** A delivery made by hand from the sender's documentation, and the line that an example logs for it. */
export interface ExampleDelivery {
  readonly scheme: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly handled: { readonly handled: string; readonly id: string | null; readonly event: string | null }
  /** Whether the sender sends anything that distinguishes a repetition from a new event. */
  readonly isRecognised: boolean
}

/** One delivery of each of the five senders, signed with `node:crypto`, with new ids for each call. */
export function fiveDeliveries(given: Secrets = secrets): readonly ExampleDelivery[] {
  return [visisto(given), fingerprintingApi(given), embeddable(given), visibuild(given), scratcher(given)]
}

/** A delivery of one sender, by the name of its scheme. */
export function deliveryOf(name: string, given: Secrets = secrets): ExampleDelivery {
  const delivery = fiveDeliveries(given).find(({ scheme }) => scheme === name)
  if (!delivery) throw new Error(`There is no delivery of ${name}.`)
  return delivery
}

function visisto({ VISISTO_SECRET }: Secrets): ExampleDelivery {
  const scheme = 'visisto'
  const event = 'contact.created'
  const data = { email: `${randomUUID()}@example.com`, name: 'Ada Lovelace', campaign_id: 'cmp_1' }
  const body = JSON.stringify({ event, timestamp: new Date().toISOString(), data })
  const headers = { 'x-visisto-signature': hmac(VISISTO_SECRET, body) }
  return { scheme, headers, body, handled: { handled: scheme, id: null, event }, isRecognised: true }
}

function fingerprintingApi({ FINGERPRINTING_API_SECRET }: Secrets): ExampleDelivery {
  const scheme = 'fingerprinting-api'
  const id = randomUUID()
  const body = JSON.stringify({ id, url: 'https://shop.example.com/', ip: '203.0.113.7' })
  const headers = { 'x-webhook-signature': FINGERPRINTING_API_SECRET }
  return { scheme, headers, body, handled: { handled: scheme, id, event: 'NEW_VISIT' }, isRecognised: true }
}

function embeddable({ EMBEDDABLE_SECRET }: Secrets): ExampleDelivery {
  const scheme = 'embeddable'
  const body = JSON.stringify({ name: 'Ada Lovelace', email: 'ada@example.com', message: 'Hello, Zoë 🙂' })
  const headers = { 'x-signature': `sha256=${hmac(EMBEDDABLE_SECRET, body)}` }
  return { scheme, headers, body, handled: { handled: scheme, id: null, event: null }, isRecognised: false }
}

function visibuild({ VISIBUILD_SECRET }: Secrets): ExampleDelivery {
  const scheme = 'visibuild'
  const event = 'ticket.created'
  const id = randomUUID()
  const time = String(Math.floor(Date.now() / 1000))
  const body = JSON.stringify({ id: randomUUID(), type: event, data: { ticket: { ticketNo: '456' } } })
  const headers = {
    'x-visibuild-signature': `sha256=${hmac(VISIBUILD_SECRET, `${time}.${body}`)}`,
    'x-visibuild-timestamp': time,
    'x-visibuild-event': event,
    'x-visibuild-delivery': id,
  }
  return { scheme, headers, body, handled: { handled: scheme, id, event }, isRecognised: true }
}

function scratcher({ SCRATCHER_USERNAME, SCRATCHER_PASSWORD }: Secrets): ExampleDelivery {
  const scheme = 'scratcher'
  const body = JSON.stringify({ email: 'ada@example.com', campaign_name: 'Spring', source: 'webhook' })
  const credentials = Buffer.from(`${SCRATCHER_USERNAME}:${SCRATCHER_PASSWORD}`).toString('base64')
  const headers = { authorization: `Basic ${credentials}` }
  return { scheme, headers, body, handled: { handled: scheme, id: null, event: null }, isRecognised: false }
}

function hmac(secret: string, content: string): string {
  return createHmac('sha256', secret).update(content).digest('hex')
}
