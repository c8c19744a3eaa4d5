import { type Capture, discover, type SchemeCandidate } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { type HandSigned, secret, signByHand } from './support/sign-by-hand.js'

async function bestFor(capture: Capture): Promise<SchemeCandidate> {
  const { candidates } = await discover([capture], { secret })
  const [best] = candidates
  if (!best) throw new Error('nothing found')
  return best
}

const plain = (options: Partial<HandSigned> = {}) =>
  signByHand({ header: 'X-Acme-Signature', content: ({ body }) => body, ...options })

test.each([
  ['a field called type', '{"id":"evt_88213","type":"invoice.paid"}', { json: '/type' }],
  [
    'a field within the event',
    '{"type":"event_callback","event":{"type":"message"}}',
    { json: '/event/type' },
  ],
  ['the event itself', '{"event":"order.paid","data":{}}', { json: '/event' }],
  ['no text that reads like a sentence', '{"type":"It was paid today"}', undefined],
])('eventType: %s', async (_, body, eventType) => {
  const { scheme, unknown } = await bestFor(plain({ body }))

  expect(scheme.eventType).toEqual(eventType)
  expect(unknown).toContain('eventType')
})

test('eventType: header and field', async () => {
  const capture = plain({ headers: { 'X-Acme-Topic': 'orders/create' }, body: '{"event":"order.created"}' })

  const { scheme } = await bestFor(capture)

  expect(scheme.eventType).toEqual({ header: 'X-Acme-Topic', json: '/event' })
})

test.each([
  ['the id of an event', '{"id":"evt_88213"}', { json: '/id' }],
  ['a UUID', '{"id":"b7c1d0f2-8a1c-4d5c-9f0e-0d6c2b7f1a11"}', { json: '/id' }],
  ['a field named for it, whatever it holds', '{"id":5,"event_id":7}', { json: '/event_id' }],
  // Two events of one order would have the same id, and the later one would be lost.
  ['not the id of an order', '{"id":5001,"total_price":"12.00"}', undefined],
])('eventId: %s', async (_, body, eventId) => {
  const { scheme, unknown } = await bestFor(plain({ body }))

  expect(scheme.eventId).toEqual(eventId)
  expect(unknown.includes('eventId')).toBe(eventId !== undefined)
})

test('deliveryId: what proxies add is not taken', async () => {
  const { scheme } = await bestFor(plain({ headers: { 'X-Request-Id': 'b7c1d0f2', 'X-Acme-Event': 'paid' } }))

  expect(scheme.deliveryId).toBeUndefined()
})

test.each([
  ['ISO 8601', '{"timestamp":"2026-03-17T09:00:00Z"}', { json: '/timestamp', unit: 'iso8601' }],
  ['milliseconds', '{"webhookTimestamp":1773738000123}', { json: '/webhookTimestamp', unit: 'ms' }],
  ['not the time of something else', '{"created_at":"2026-03-17T09:00:00Z"}', undefined],
])('timestamp in the body: %s', async (_, body, timestamp) => {
  const { scheme, unknown } = await bestFor(plain({ body }))

  expect(scheme.timestamp).toEqual(timestamp)
  expect(unknown.includes('timestamp')).toBe(timestamp !== undefined)
  expect(unknown.includes('toleranceSeconds')).toBe(timestamp !== undefined)
})

test('a header called a time whose number is none of today has a unit that is guessed', async () => {
  const { scheme, unknown } = await bestFor(
    plain({ headers: { 'X-Acme-Timestamp': '86400' }, content: ({ body }) => `86400.${body}` }),
  )

  expect(scheme.timestamp).toEqual({ header: 'X-Acme-Timestamp', unit: 's' })
  expect(unknown).toContain('timestamp')
})

test('a form with JSON in its field "payload"', async () => {
  const body = new URLSearchParams({ payload: '{"event_id":"Ev0123","type":"block_actions"}' }).toString()
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }

  const { scheme } = await bestFor(plain({ body, headers }))

  expect(scheme).toMatchObject({
    formJsonField: 'payload',
    eventId: { json: '/event_id' },
    eventType: { json: '/type' },
  })
})

test('a form without such a field is said to be one, whatever its type', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
    const form = plain({ body: 'command=%2Fpay&text=now', headers: { 'Content-Type': type } })

    const { scheme } = await bestFor(form)

    expect(scheme).toMatchObject({ payload: 'form' })
    expect(scheme).not.toHaveProperty('formJsonField')
  }
})

test('a body that is no JSON is left as bytes', async () => {
  const { scheme, unknown } = await bestFor(
    plain({ body: '<paid/>', headers: { 'Content-Type': 'text/xml' } }),
  )

  expect(scheme.payload).toBe('bytes')
  expect(unknown).toContain('payload')
})

test('a body over the usual limit raises it', async () => {
  const { scheme } = await bestFor(plain({ body: JSON.stringify('x'.repeat(1_500_000)) }))

  expect(scheme.maxBodyBytes).toBe(2_097_152)
})

test('an empty body leaves its place open', async () => {
  const capture = plain({
    body: '',
    method: 'GET',
    headers: { 'X-Acme-Timestamp': '1773738000' },
    content: () => '1773738000.',
  })

  const { scheme, unknown } = await bestFor(capture)

  expect(scheme).toMatchObject({
    methods: ['GET'],
    payload: 'bytes',
    signedContent: '{timestamp}.{body}',
  })
  expect(unknown).toEqual(expect.arrayContaining(['signedContent', 'methods']))
})
