import { randomBytes } from 'node:crypto'
import { verify } from '@countersign/core'
import { hmacScheme, slack, standardWebhooks, stripe } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { code, mac, now, post } from '../support/requests.js'
import { nowMs, secret } from '../support/visibuild-delivery.js'

describe('requests that a sender never sends', () => {
  it('X-Forwarded-* changes nothing if a URL is signed: the URL is configured', async () => {
    const url = 'https://example.com/hook'
    const scheme = hmacScheme({
      name: 'url-signed',
      header: 'x-sig',
      encoding: 'hex',
      signedContent: '{method}{url}{body}',
      url,
    })
    const headers = {
      'x-sig': mac(`POST${url}{}`).digest('hex'),
      'x-forwarded-host': 'evil.example',
      host: 'evil.example',
    }
    await expect(verify(post(headers), { scheme, secret })).resolves.toBeDefined()
    const evil = { ...headers, 'x-sig': mac('POSThttps://evil.example/hook{}').digest('hex') }
    await expect(verify(post(evil), { scheme, secret })).rejects.toEqual(code('SIGNATURE_MISMATCH'))
  })

  it('a Standard Webhooks id with a dot is refused: the signed text would have two readings', async () => {
    const key = randomBytes(32)
    const time = String(nowMs / 1000)
    const body = `X.${time}.{"evil":1}`
    const signature = `v1,${mac(`m.${time}.${body}`, key).digest('base64')}`
    const replay = post(
      { 'webhook-id': `m.${time}.X`, 'webhook-timestamp': time, 'webhook-signature': signature },
      '{"evil":1}',
    )
    await expect(verify(replay, { scheme: standardWebhooks(), secret: key, now })).rejects.toEqual(
      code('HEADER_MALFORMED'),
    )
  })

  it('a header with two times, or a member with a comma, is ambiguous', async () => {
    const time = nowMs / 1000
    const hex = mac(`${time}.{}`).digest('hex')
    const twice = { 'stripe-signature': `t=${time},v1=${hex}, t=${time},v1=${hex}` }
    await expect(verify(post(twice), { scheme: stripe(), secret, now })).rejects.toEqual(
      code('HEADER_AMBIGUOUS'),
    )
    await expect(
      verify(post({ 'stripe-signature': `t=${time},t=${time},v1=${hex}` }), {
        scheme: stripe(),
        secret,
        now,
      }),
    ).rejects.toEqual(code('HEADER_AMBIGUOUS'))
  })

  it('the old v0 of Stripe and other versions prove nothing', async () => {
    const time = nowMs / 1000
    const hex = mac(`${time}.{}`).digest('hex')
    await expect(
      verify(post({ 'stripe-signature': `t=${time},v0=${hex}` }), { scheme: stripe(), secret, now }),
    ).rejects.toEqual(code('HEADER_MALFORMED'))
    const slackHex = mac(`v0:${time}:{}`).digest('hex')
    const slackHeaders = { 'x-slack-request-timestamp': String(time), 'x-slack-signature': `v9=${slackHex}` }
    await expect(verify(post(slackHeaders), { scheme: slack(), secret, now })).rejects.toEqual(
      code('HEADER_MALFORMED'),
    )
  })
})
