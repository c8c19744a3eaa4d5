import { github, standardWebhooks, stripe } from '@countersign/core/schemes'
import { createSender, type SignedRequest, tamperBody } from '@countersign/testing'
import { verify as verifyGithub } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'

function headerOf({ headers }: SignedRequest, name: string): string {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? ''
}

function textOf({ body }: SignedRequest): string {
  return Buffer.from(body).toString('utf8')
}

describe('what the sender signs for Stripe', () => {
  const secret = 'whsec_of_the_stripe_library_test'
  const other = 'whsec_of_the_rotation_before_it'
  const check = (request: SignedRequest, using = secret) =>
    Stripe.webhooks.constructEvent(textOf(request), headerOf(request, 'stripe-signature'), using)

  test('is taken by the stripe library', () => {
    const request = createSender({ scheme: stripe(), secret }).sign({
      event: 'customer.created',
      id: 'evt_7',
    })
    expect(check(request)).toMatchObject({ id: 'evt_7', type: 'customer.created', object: 'event' })
  })

  test('is taken under each of two secrets', () => {
    const request = createSender({ scheme: stripe(), secret: [secret, other] }).sign()
    expect(check(request).type).toBe('invoice.paid')
    expect(check(request, other).type).toBe('invoice.paid')
  })

  test('is refused when it is forged, tampered with, stale or unsigned', () => {
    const sender = createSender({ scheme: stripe(), secret })
    expect(() => check(sender.sign({ secret: other }))).toThrow('No signatures found matching')
    expect(() => check(tamperBody(sender.sign()))).toThrow('No signatures found matching')
    expect(() => check(sender.sign({ timestamp: Date.now() - 301_000 }))).toThrow('outside the tolerance')
    expect(() => check(sender.sign({ omitProof: true }))).toThrow()
  })
})

describe('what the sender signs for Standard Webhooks', () => {
  const secret = 'whsec_Y291bnRlcnNpZ24gYW5kIHN0YW5kYXJkd2ViaG9va3M='
  const other = 'whsec_dGhlIG90aGVyIHNlY3JldCBvZiBhIHJvdGF0aW9u'
  const check = (request: SignedRequest, using = secret) =>
    new Webhook(using).verify(textOf(request), Object.fromEntries(request.headers))

  test('is taken by the standardwebhooks library', () => {
    const request = createSender({ scheme: standardWebhooks(), secret }).sign({ event: 'user.created' })
    expect(check(request)).toMatchObject({ type: 'user.created' })
  })

  test('is taken under each of two secrets, one of them as bytes', () => {
    const bytes = Buffer.from(other.slice('whsec_'.length), 'base64')
    const request = createSender({ scheme: standardWebhooks(), secret: [secret, bytes] }).sign()
    expect(check(request)).toMatchObject({ type: 'invoice.paid' })
    expect(check(request, other)).toMatchObject({ type: 'invoice.paid' })
  })

  test('is refused when it is forged, tampered with, stale, in the future or unsigned', () => {
    const sender = createSender({ scheme: standardWebhooks(), secret })
    expect(() => check(sender.sign({ secret: other }))).toThrow('No matching signature')
    expect(() => check(tamperBody(sender.sign()))).toThrow('No matching signature')
    expect(() => check(sender.sign({ timestamp: Date.now() - 301_000 }))).toThrow('too old')
    expect(() => check(sender.sign({ timestamp: Date.now() + 301_000 }))).toThrow('too new')
    expect(() => check(sender.sign({ omitProof: true }))).toThrow('Missing required headers')
  })
})

describe('what the sender signs for GitHub', () => {
  const secret = 'a secret of the octokit test'
  const check = (request: SignedRequest) =>
    verifyGithub(secret, textOf(request), headerOf(request, 'x-hub-signature-256'))

  test('is taken by the octokit library', async () => {
    const sender = createSender({ scheme: github(), secret })
    expect(await check(sender.sign())).toBe(true)
    expect(await check(sender.sign({ form: { payload: '{"ref":"refs/heads/main"}' } }))).toBe(true)
    expect(await check(sender.sign({ body: 'Grüße 👋 $& $$' }))).toBe(true)
  })

  test('is refused when it is forged or tampered with', async () => {
    const sender = createSender({ scheme: github(), secret })
    expect(await check(sender.sign({ secret: 'another secret' }))).toBe(false)
    expect(await check(tamperBody(sender.sign()))).toBe(false)
  })
})
