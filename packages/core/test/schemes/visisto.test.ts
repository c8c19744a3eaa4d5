import { visisto } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { hmac, json, post, receive } from './receive-request.js'

describe('Visisto', () => {
  // The sample of the page.
  const sample = {
    event: 'contact.created',
    timestamp: '2025-06-15T14:32:00Z',
    data: {
      email: 'jane@example.com',
      name: 'Jane',
      fields: { company: 'Acme' },
      campaign_id: 'cmp_abc123',
      source_url: 'https://example.com/offer',
    },
  }
  const send = (body: object, scheme = visisto(), at = '2025-06-15T14:32:05Z') => {
    const text = JSON.stringify(body)
    return receive(scheme, post({ ...json, 'X-Visisto-Signature': hmac(text) }, text), at)
  }

  it('is proved by a hex MAC over the body, which contains the timestamp', async () => {
    const delivery = await send(sample)
    expect(delivery).toMatchObject({
      scheme: 'visisto',
      event: 'contact.created',
      payload: sample,
      id: undefined,
    })
    expect(delivery.timestamp).toBe(Date.parse('2025-06-15T14:32:00Z'))
  })

  it('treats equal bodies with timestamp and contact as one event, and different ones as different events', async () => {
    const first = await send(sample)
    expect(first.idempotencyKey).toBeDefined()
    expect((await send(sample)).idempotencyKey).toBe(first.idempotencyKey)
    const later = await send({ ...sample, timestamp: '2025-06-15T14:32:01Z' })
    expect(later.idempotencyKey).not.toBe(first.idempotencyKey)
  })

  it.each([
    ['email', { email: 'a@example.com' }],
    ['phone', { phone: '+15550100' }],
    ['name', { name: 'Jane' }],
    ['the contact of a reward', { contact: { email: 'a@example.com' }, code: 'SAVE10' }],
  ])('finds contact data in %s', async (_, data) => {
    expect((await send({ ...sample, data })).idempotencyKey).toBeDefined()
  })

  it.each([
    ['no contact data', { ...sample, data: { campaign_id: 'cmp_abc123' } }],
    ['empty contact data', { ...sample, data: { email: '', name: null } }],
    ['no data', { event: 'campaign.won', timestamp: sample.timestamp }],
  ])('recognises a body with %s by its signed content alone', async (_, body) => {
    expect(JSON.parse((await send(body)).idempotencyKey ?? '[]')[3]).toBe('replay')
  })

  it('accepts the last retry, 73 hours later, and nothing older', async () => {
    await expect(send(sample, visisto(), '2025-06-18T15:32:00Z')).resolves.toBeDefined()
    await expect(send(sample, visisto(), '2025-06-18T15:32:01Z')).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
      authentic: true,
    })
    await expect(send(sample, visisto(), '2025-06-15T14:26:59Z')).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
    })
  })

  it('refuses a body without its timestamp, unless the options say where it is or that there is none', async () => {
    const { timestamp, ...timeless } = sample
    await expect(send(timeless)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_MISSING',
      authentic: true,
    })
    const moved = visisto({ timestamp: { json: '/meta/sent', unit: 'iso8601' } })
    const delivery = await send({ ...timeless, meta: { sent: timestamp } }, moved)
    expect(delivery.timestamp).toBe(Date.parse(timestamp))
    expect(delivery.idempotencyKey).toBeDefined()
    const off = await send(timeless, visisto({ timestamp: false }))
    expect([off.timestamp, off.idempotencyKey]).toEqual([undefined, undefined])
  })

  it('delivers events that a campaign defines, also without a name', async () => {
    expect((await send({ ...sample, event: 'quiz.finished' })).event).toBe('quiz.finished')
    const { event, ...nameless } = sample
    expect((await send(nameless)).event).toBeUndefined()
  })
})
