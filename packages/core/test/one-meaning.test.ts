import { type Scheme, verify } from '@countersign/core'
import { github, hmacScheme, slack, stripe, tokenScheme, visibuild } from '@countersign/core/schemes'
import type { SignedRequest } from '@countersign/testing'
import { createSender } from '@countersign/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyScheme } from './schemes/every-scheme.js'

const nowMs = Date.parse('2026-03-17T09:00:00Z')
const secret = 'a-signing-secret-of-32-characters'

function secretOf({ signature, secret: notation }: Scheme) {
  if (signature.algorithm === 'basic') return { username: 'sender', password: secret }
  if (notation?.encoding === 'hex') return '6b65792d6f662d33322d6279746573212121212121212121'
  return notation?.encoding === 'base64' ? Buffer.from(secret).toString('base64') : secret
}

/** What a delivery is to its handler, or why it is refused. */
async function meaningOf(request: SignedRequest, scheme: Scheme) {
  try {
    const options = { scheme, secret: secretOf(scheme), now: () => nowMs, toleranceSeconds: 10 ** 9 }
    const { payload, event, id, idempotencyKey } = await verify(request, options)
    return { payload, event, id, idempotencyKey }
  } catch (error) {
    return (error as { code?: string }).code
  }
}

/** Headers that the key names or the proof is in; each is a part of what a delivery is. */
function namedHeaders(scheme: Scheme): ReadonlySet<string> {
  const { signature, timestamp, deliveryId, eventType, identity, attributes = {} } = scheme
  const sources: unknown[] = [
    signature,
    timestamp,
    deliveryId,
    eventType,
    identity,
    ...Object.values(attributes),
  ]
  const names = sources.flatMap((source) =>
    typeof source === 'object' && source !== null && 'header' in source
      ? [String(source.header).toLowerCase()]
      : [],
  )
  // These may refuse, as they say that the bytes did not come as they were sent.
  return new Set([...names, 'authorization', 'content-length', 'content-encoding', 'transfer-encoding'])
}

const words = fc.constantFrom(
  '&type=invoice.paid&id=evt_forged&',
  'x&payload=%7B%22ref%22%3A%22main%22%7D&',
  '&event_id=E&event=x&',
  '=',
  'plain',
)
const json = fc
  .record({ id: fc.constantFrom('evt_1', 7, null), type: fc.constantFrom('thing.done', ''), text: words })
  .map((value) => JSON.stringify(value))
const bodies = fc.oneof(
  json,
  words,
  fc.constantFrom(
    'a=1&b=2',
    'payload=%7B%22id%22%3A%22evt_2%22%7D',
    '',
    '123',
    '"a=b"',
    '[]',
    '{"cut": "a=b',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const types = fc.constantFrom(
  'application/json',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-8',
  'APPLICATION/X-WWW-FORM-URLENCODED',
  'multipart/form-data; boundary=x',
  'text/plain; charset=utf-16',
  '',
)
const unsigned = fc.record({
  'content-type': types,
  'x-http-method-override': fc.constantFrom('GET', 'PUT', 'DELETE'),
  'x-forwarded-host': fc.constantFrom('example.net', 'localhost'),
  'x-event-key': fc.constantFrom('push', 'ping'),
  accept: fc.constantFrom('*/*', 'text/html'),
  cookie: fc.string({ maxLength: 20 }),
})
const queries = fc.constantFrom('', 'id=evt_forged&type=forged', 'payload=%7B%7D', '__proto__=x')

describe('signed bytes have one meaning, whatever is unsigned around them', () => {
  it.each(everyScheme)('%s', async (_, scheme) => {
    const sender = createSender({ scheme, secret: secretOf(scheme), now: () => nowMs })
    const named = namedHeaders(scheme)
    const canReadQuery = scheme.payload === 'query-or-body'
    await fc.assert(
      fc.asyncProperty(bodies, unsigned, queries, async (body, others, query) => {
        const method = scheme.methods?.find((one) => one !== 'GET') ?? 'POST'
        const request = sender.sign({ body, method, id: 'delivery-1' })
        const added = Object.entries(others).filter(([name]) => !named.has(name))
        const kept = request.headers.filter(
          ([name]) => !(name.toLowerCase() in others) || named.has(name.toLowerCase()),
        )
        const isReadFromQuery = canReadQuery && body === ''
        const url =
          query === '' || isReadFromQuery
            ? request.url
            : `${request.url}${request.url.includes('?') ? '&' : '?'}${query}`
        const around = { ...request, url, headers: [...kept, ...added] }
        expect(await meaningOf(around, scheme)).toEqual(await meaningOf(request, scheme))
      }),
      { numRuns: 60 },
    )
  })

  it.each(everyScheme.filter(([, { methods = [] }]) => methods.length > 1))(
    'and whichever of its methods is used, unless it is signed: %s',
    async (_, scheme) => {
      if (scheme.signedContent?.includes('{method}')) return
      const sender = createSender({ scheme, secret: secretOf(scheme), now: () => nowMs })
      const request = sender.sign({ body: '{"id":"evt_1"}', method: 'POST' })
      const meanings = await Promise.all(
        (scheme.methods ?? []).map((method) => meaningOf({ ...request, method }, scheme)),
      )
      expect(new Set(meanings.map((meaning) => JSON.stringify(meaning))).size).toBe(1)
    },
  )
})

describe('words of a visitor in signed JSON', () => {
  const form = 'application/x-www-form-urlencoded'
  const issue = JSON.stringify({
    action: 'opened',
    id: 'evt_1',
    type: 'thing.done',
    issue: { body: 'x&payload=%7B%22ref%22%3A%22main%22%7D&type=invoice.paid&id=evt_x&' },
  })

  it.each<[string, Scheme]>([
    ['GitHub', github()],
    ['Slack', slack()],
    ['Stripe', stripe()],
    ['Visibuild', visibuild()],
  ])('are not the payload when the request is called a form: %s', async (_, scheme) => {
    const request = createSender({ scheme, secret, now: () => nowMs }).sign({ body: issue })
    const captured = {
      ...request,
      headers: request.headers.map(
        ([name, value]) => [name, name.toLowerCase() === 'content-type' ? form : value] as const,
      ),
    }
    const { payload } = await verify(captured, { scheme, secret, now: () => nowMs })
    expect(payload).toEqual(JSON.parse(issue))
  })

  it('are not the payload of a form either, which must begin with the field and hold it once', async () => {
    const sender = createSender({ scheme: github(), secret, now: () => nowMs })
    const attempt = (body: string) => meaningOf(sender.sign({ body }), github())
    expect(await attempt('payload=%7B%22ref%22%3A%22a%22%7D')).toMatchObject({ payload: { ref: 'a' } })
    for (const body of [
      'a=1&payload=%7B%7D',
      'payload=%7B%7D&payload=%7B%22ref%22%3A%22main%22%7D',
      'pay%6Coad=%7B%7D',
      'text=hello',
    ])
      expect(await attempt(body)).toBe('ERR_WEBHOOK_PAYLOAD_MALFORMED')
  })
})

describe('a form', () => {
  const scheme = hmacScheme({ name: 'acme', header: 'x-signature', payload: 'form' })
  const sender = createSender({ scheme, secret, now: () => nowMs })

  it('of many names is refused before it is read', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`).join('&')
    expect(await meaningOf(sender.sign({ body: names(1_000) }), scheme)).toHaveProperty('payload.n999', '')
    for (const count of [1_001, 40_000, 100_000])
      expect(await meaningOf(sender.sign({ body: names(count) }), scheme)).toBe(
        'ERR_WEBHOOK_PAYLOAD_MALFORMED',
      )
  })

  it('may be all there is, also where it could be read as JSON', async () => {
    expect(await meaningOf(sender.sign({ body: '{}' }), scheme)).toMatchObject({ payload: { '{}': '' } })
  })
})

describe('a payload from the query', () => {
  it('has another key than the same fields from the body', async () => {
    const scheme = tokenScheme({
      name: 'acme',
      query: 'token',
      payload: 'query-or-body',
      methods: ['GET', 'POST'],
      eventId: { json: '/id' },
    })
    const sender = createSender({ scheme, secret, now: () => nowMs })
    const get = await meaningOf(sender.sign({ method: 'GET', form: { id: '1' } }), scheme)
    const form = await meaningOf(sender.sign({ form: { id: '1' } }), scheme)
    const json = await meaningOf(sender.sign({ payload: { id: '1' } }), scheme)
    const keys = [get, form, json].map((meaning) => (meaning as { idempotencyKey?: string }).idempotencyKey)
    expect(new Set(keys).size).toBe(3)
    expect(get).toMatchObject({ payload: { id: '1' } })
  })
})
