import { fingerprintingApi } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { hmac, json, post, receive, secret } from './receive-request.js'

describe('Fingerprinting API', () => {
  const visit = {
    id: 'unique_visit_id',
    url: 'https://example.com',
    date: '2024-12-22T14:30:00Z',
    screen: { height: '2532', width: '1170', touch: 'true' },
  }
  const body = JSON.stringify(visit)

  it('is proved by the token in X-Webhook-Signature, and knows its event from the settings', async () => {
    const scheme = fingerprintingApi({ event: 'NEW_VISIT' })
    const delivery = await receive(scheme, post({ ...json, 'X-Webhook-Signature': secret }, body))
    expect(delivery).toMatchObject({
      event: 'NEW_VISIT',
      payload: visit,
      id: 'unique_visit_id',
      timestamp: undefined,
    })
  })

  it('separates the two events of one id', async () => {
    const request = post({ ...json, 'X-Webhook-Signature': secret }, body)
    const visitOf = await receive(fingerprintingApi({ event: 'NEW_VISIT' }), request)
    const visitorOf = await receive(fingerprintingApi({ event: 'NEW_VISITOR' }), request)
    expect(visitOf.idempotencyKey).not.toBe(visitorOf.idempotencyKey)
    expect((await receive(fingerprintingApi({ event: 'NEW_VISIT' }), request)).idempotencyKey).toBe(
      visitOf.idempotencyKey,
    )
  })

  it('reads the token in any header, behind any prefix', async () => {
    const scheme = fingerprintingApi({ event: 'NEW_VISITOR', header: 'Authorization', prefix: 'Bearer ' })
    await expect(receive(scheme, post({ authorization: `Bearer ${secret}` }, body))).resolves.toBeDefined()
    await expect(receive(scheme, post({ authorization: secret }, body))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_HEADER_MALFORMED',
    })
  })

  it.each([
    ['hex', undefined, hmac(body)],
    ['base64', 'sha256=', `sha256=${hmac(body, 'base64')}`],
  ] as const)('is proved by an HMAC in %s if one is configured', async (encoding, prefix, value) => {
    const scheme = fingerprintingApi({
      event: 'NEW_VISIT',
      proof: 'hmac',
      encoding,
      ...(prefix && { prefix }),
    })
    await expect(receive(scheme, post({ 'X-Webhook-Signature': value }, body))).resolves.toMatchObject({
      event: 'NEW_VISIT',
    })
    await expect(receive(scheme, post({ 'X-Webhook-Signature': value }, `${body} `))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
    await expect(receive(scheme, post({ 'X-Webhook-Signature': secret }, body))).rejects.toMatchObject({
      name: 'WebhookVerificationError',
    })
  })

  it('checks the date of the visit if configured, although a token does not sign it', async () => {
    const timestamp = { json: '/date', unit: 'iso8601' } as const
    const dated = fingerprintingApi({ event: 'NEW_VISIT', proof: 'hmac', timestamp })
    const request = post({ 'X-Webhook-Signature': hmac(body) }, body)
    await expect(receive(dated, request, '2024-12-22T14:35:00Z')).resolves.toMatchObject({
      timestamp: Date.parse('2024-12-22T14:30:00Z'),
    })
    await expect(receive(dated, request, '2024-12-22T14:35:01Z')).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    })
    expect(() => fingerprintingApi({ event: 'NEW_VISIT', timestamp })).toThrow(/signature over the body/)
  })

  it.each([
    ['another token', { 'X-Webhook-Signature': `${secret.slice(0, -1)}4` }, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    [
      'the beginning of the token',
      { 'X-Webhook-Signature': secret.slice(0, 8) },
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['the token twice', { 'X-Webhook-Signature': `${secret}, ${secret}` }, 'ERR_WEBHOOK_HEADER_AMBIGUOUS'],
    ['no token', { 'X-Other': secret }, 'ERR_WEBHOOK_HEADER_MISSING'],
  ])('refuses %s', async (_, headers, code) => {
    const scheme = fingerprintingApi({ event: 'NEW_VISIT' })
    await expect(receive(scheme, post({ ...headers } as Record<string, string>, body))).rejects.toMatchObject(
      { code },
    )
  })
})
