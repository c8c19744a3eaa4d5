import { visibuild } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { hmac, json, post, receive } from './receive-request.js'

describe('Visibuild', () => {
  const event = {
    id: '019cda2d-3826-d0fb-c8cc-66bd0ee25062',
    type: 'ticket.status_changed',
    timestamp: '2026-03-17T09:00:00Z',
    apiVersion: '2025-01-01',
    data: {
      ticket: { id: 't1', ticketNo: '456', title: 'Crack', status: 'closed', previousStatus: 'open' },
      change: { from: 'open', to: 'closed', changedAt: '2026-03-17T09:00:00Z' },
    },
  }
  const body = JSON.stringify(event)
  const seconds = String(Date.parse('2026-03-17T09:00:00Z') / 1000)
  const headers = {
    ...json,
    'X-Visibuild-Signature': `sha256=${hmac(`${seconds}.${body}`)}`,
    'X-Visibuild-Event': 'ticket.status_changed',
    'X-Visibuild-Delivery': 'd-1',
    'X-Visibuild-Timestamp': seconds,
  }

  it('is proved by {timestamp}.{body}', async () => {
    expect(await receive(visibuild(), post(headers, body))).toMatchObject({
      id: 'd-1',
      event: 'ticket.status_changed',
      payload: event,
      timestamp: Date.parse('2026-03-17T09:00:00Z'),
    })
  })

  it('uses the signed type and id, not the headers', async () => {
    const original = await receive(visibuild(), post(headers, body))
    const replayed = { ...headers, 'X-Visibuild-Event': 'ticket.archived', 'X-Visibuild-Delivery': 'd-2' }
    const replay = await receive(visibuild(), post(replayed, body))
    expect(replay.event).toBe('ticket.status_changed')
    expect(replay.idempotencyKey).toBe(original.idempotencyKey)
  })

  it('uses the header’s name if the body has none, without the key of another event', async () => {
    const bare = '{"id":"e1"}'
    const signed = { ...headers, 'X-Visibuild-Signature': `sha256=${hmac(`${seconds}.${bare}`)}` }
    const created = await receive(
      visibuild(),
      post({ ...signed, 'X-Visibuild-Event': 'ticket.created' }, bare),
    )
    const archived = await receive(
      visibuild(),
      post({ ...signed, 'X-Visibuild-Event': 'ticket.archived' }, bare),
    )
    expect([created.event, archived.event]).toEqual(['ticket.created', 'ticket.archived'])
    expect(created.idempotencyKey).not.toBe(archived.idempotencyKey)
  })

  it.each([
    ['5 minutes', '2026-03-17T09:05:00Z', undefined],
    ['5 minutes and a second', '2026-03-17T09:05:01Z', 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['5 minutes ahead', '2026-03-17T08:55:00Z', undefined],
    ['5 minutes and a second ahead', '2026-03-17T08:54:59Z', 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ])('at %s', async (_, at, code) => {
    const receiving = receive(visibuild(), post(headers, body), at)
    if (code) await expect(receiving).rejects.toMatchObject({ code, authentic: true })
    else await expect(receiving).resolves.toBeDefined()
  })

  it('widens the tolerance if retries repeat the first timestamp', async () => {
    const wide = visibuild({ toleranceSeconds: { past: 60_000, future: 0 } })
    await expect(receive(wide, post(headers, body), '2026-03-18T01:00:00Z')).resolves.toBeDefined()
  })

  it('refuses a timestamp that was not signed', async () => {
    const fresh = { ...headers, 'X-Visibuild-Timestamp': String(Number(seconds) + 1) }
    await expect(receive(visibuild(), post(fresh, body))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      authentic: false,
    })
  })
})
