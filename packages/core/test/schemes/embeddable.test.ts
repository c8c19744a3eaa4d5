import { embeddable } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { hmac, json, post, receive } from './receive-request.js'

describe('Embeddable', () => {
  const body =
    '{"name":"Jane","email":"jane@example.com","message":"Hi","phone":"+15550100","company":"Acme"}'
  const request = post({ ...json, 'X-Signature': `sha256=${hmac(body)}` }, body)

  it('is proved by sha256=<hex> and delivers the form’s fields', async () => {
    const delivery = await receive(embeddable(), request)
    expect(delivery).toMatchObject({
      event: undefined,
      payload: JSON.parse(body),
      id: undefined,
      timestamp: undefined,
    })
  })

  it('treats equal forms as two submissions, unless a field or the body is configured to identify them', async () => {
    expect((await receive(embeddable(), request)).idempotencyKey).toBeUndefined()
    expect((await receive(embeddable({ identity: 'body-digest' }), request)).idempotencyKey).toBeDefined()
    expect(
      (await receive(embeddable({ identity: { json: '/submissionId' } }), request)).idempotencyKey,
    ).toBeUndefined()
  })

  it.each(['', 'sha1=', 'SHA256='])('refuses the prefix "%s"', async (prefix) => {
    await expect(
      receive(embeddable(), post({ 'X-Signature': `${prefix}${hmac(body)}` }, body)),
    ).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_HEADER_MALFORMED',
    })
  })
})
