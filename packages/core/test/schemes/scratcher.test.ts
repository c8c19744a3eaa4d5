import type { WebhookRequest } from '@countersign/core'
import { type Scheme, type ScratcherEvent, scratcher } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { hmac, json, post, receive, secret } from './receive-request.js'

describe('Scratcher', () => {
  const credentials = { username: 'scratcher', password: 'p:ss wörd, long enough' }
  const basic = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
  const body = '{"email":"jane@example.com","campaign_name":"Spring","source":"webhook"}'
  const get = (url: string): WebhookRequest => ({ method: 'GET', url, headers: {}, body: new Uint8Array() })

  it('is proved by Basic credentials on a POST of JSON', async () => {
    const delivery = await receive(
      scratcher(),
      post({ ...json, Authorization: basic }, body),
      undefined,
      credentials,
    )
    expect(delivery).toMatchObject({ event: undefined, payload: JSON.parse(body), idempotencyKey: undefined })
  })

  it('is proved by Basic credentials on a POST of a form', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: basic }
    const delivery = await receive(
      scratcher(),
      post(headers, 'email=jane%40example.com&source=webhook'),
      undefined,
      credentials,
    )
    expect(delivery.payload).toEqual({ email: 'jane@example.com', source: 'webhook' })
  })

  it.each([
    [
      'another password',
      `Basic ${Buffer.from('scratcher:other').toString('base64')}`,
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['no password', `Basic ${Buffer.from('scratcher').toString('base64')}`, 'ERR_WEBHOOK_HEADER_MALFORMED'],
    ['another scheme', 'Bearer abc', 'ERR_WEBHOOK_HEADER_MALFORMED'],
  ])('refuses %s', async (_, authorization, code) => {
    const request = post({ ...json, authorization }, body)
    await expect(receive(scratcher(), request, undefined, credentials)).rejects.toMatchObject({ code })
  })

  it('refuses a GET, which carries no credentials', async () => {
    await expect(
      receive(scratcher(), get('/webhooks?email=a'), undefined, credentials),
    ).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_METHOD_NOT_ALLOWED',
    })
  })

  it('accepts a GET with a token in the URL, whose payload is the rest of the query', async () => {
    const scheme = scratcher({ proof: 'token', query: 'token' })
    const delivery = await receive(
      scheme,
      get(`/webhooks?email=jane%40example.com&token=${secret}&source=webhook`),
    )
    expect(delivery.payload).toEqual({ email: 'jane@example.com', source: 'webhook' })
    await expect(receive(scheme, get('/webhooks?email=a&token=wrong'))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
    await expect(receive(scheme, get('/webhooks?email=a'))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_HEADER_MISSING',
    })
  })

  it('accepts a POST with a token in the URL too, and only a GET if configured', async () => {
    const url = `/webhooks?token=${secret}`
    const both = await receive(scratcher({ proof: 'token', query: 'token' }), post(json, body, url))
    expect(both.payload).toEqual(JSON.parse(body))
    const getOnly = scratcher({ proof: 'token', query: 'token', methods: ['GET'] })
    const undecided = { proof: 'token', query: 'token', methods: undefined }
    const byDefault: Scheme<ScratcherEvent> = Reflect.apply(scratcher, undefined, [undecided])
    expect((await receive(byDefault, get(`${url}&a=1`))).payload).toEqual({ a: '1' })
    await expect(receive(getOnly, post(json, body, url))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_METHOD_NOT_ALLOWED',
    })
    expect((await receive(getOnly, get(`${url}&a=1`))).payload).toEqual({ a: '1' })
  })

  it('uses the secret of its settings as a token or as the key of an HMAC', async () => {
    const token = scratcher({ proof: 'token', header: 'X-Scratcher-Secret' })
    await expect(receive(token, post({ 'X-Scratcher-Secret': secret }, body))).resolves.toBeDefined()
    const signed = scratcher({
      proof: 'hmac',
      header: 'X-Scratcher-Signature',
      algorithm: 'hmac-sha512',
      prefix: 'v1=',
    })
    const signature = `v1=${hmac(body, 'hex', 'sha512')}`
    await expect(receive(signed, post({ 'X-Scratcher-Signature': signature }, body))).resolves.toBeDefined()
    await expect(receive(signed, get('/webhooks'))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_METHOD_NOT_ALLOWED',
    })
  })
})
