import { spawnSync } from 'node:child_process'
import { verify } from '@countersign/core'
import { hmacScheme, standardWebhooks, stripe } from '@countersign/core/schemes'
import { describe, expect, test } from 'vitest'
import { compact, nonAscii, oddForms, otherForms, serialisedForms } from '../src/deliveries/body-forms.js'
import { Deliveries } from '../src/deliveries/deliveries.js'
import { editProof, headerOf } from '../src/deliveries/edit-proof.js'
import { freshPayload } from '../src/deliveries/fresh-payload.js'
import { schemes } from './support/schemes.js'
import { hasPython } from './support/start-python.js'

const payload = {
  z: 'a "quoted", text: {1}\n',
  url: 'https://x.example/?a=<b>&c',
  list: [1, [], {}, null],
  a: { n: 'Zoë 🙂' },
}

describe('forms of a body', () => {
  test.each([compact, ...otherForms, ...serialisedForms])('$what says the same', ({ write }) => {
    expect(JSON.parse(write(payload))).toEqual(payload)
  })

  test('each is other bytes than what is sent as a rule', () => {
    const texts = [compact, ...otherForms].map(({ write }) => write(payload))
    expect(new Set(texts).size).toBe(texts.length)
  })

  test.each([nonAscii, ...oddForms])('$what adds a field alone', ({ write }) => {
    const { countersign_extra: extra, ...rest } = JSON.parse(write(payload))
    expect(extra).toBeDefined()
    expect(rest).toEqual(payload)
    expect(write('text')).toBe('"text"')
  })

  test.skipIf(!hasPython)('one is what Python writes', () => {
    const program = 'import json,sys; sys.stdout.write(json.dumps(json.load(sys.stdin)))'
    const { stdout } = spawnSync('python3', ['-c', program], {
      input: JSON.stringify(payload),
      encoding: 'utf8',
    })
    expect(stdout).toBe(serialisedForms[0]?.write(payload))
  })
})

describe('deliveries', () => {
  test.each(schemes)('of %s are valid, and each is of another event', async (_name, scheme, secret) => {
    const deliveries = new Deliveries({ scheme, secret, now: Date.now, path: '/hook?a=b' })
    const made = [deliveries.make(), deliveries.make(), deliveries.make({ form: otherForms[0] ?? compact })]
    const verified = await Promise.all(made.map((request) => verify(request, { scheme, secret })))
    expect(new Set(made.map(({ body }) => Buffer.from(body).toString())).size).toBe(3)
    const keys = verified.flatMap(({ idempotencyKey }) => idempotencyKey ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })

  test.each(schemes)('of %s come again as the same event', async (_name, scheme, secret) => {
    const deliveries = new Deliveries({ scheme, secret, now: Date.now, path: '/hook' })
    const payload = deliveries.payload()
    const first = deliveries.make({ payload, timestamp: Date.now() - 5_000 })
    const again = deliveries.again(first, { payload })
    const [one, two] = await Promise.all([first, again].map((request) => verify(request, { scheme, secret })))
    expect(one?.idempotencyKey).toBe(two?.idempotencyKey)
  })
})

test('a fresh payload keeps the kind of its id', () => {
  const scheme = hmacScheme({ name: 'other', header: 'x', eventId: { json: '/id' } })
  expect(freshPayload(scheme, { id: 'evt_123', a: 1 })).toEqual({
    id: expect.stringMatching(/^evt_[0-9a-f-]{36}$/),
    a: 1,
  })
  expect(freshPayload(scheme, { id: 7 })).toEqual({ id: expect.any(Number) })
  expect(freshPayload(scheme, [1])).toEqual([1])
  const without = hmacScheme({ name: 'other', header: 'x' })
  expect(freshPayload(without, { a: 1 })).toEqual({ a: 1, countersign_check: expect.any(String) })
})

describe('editing a proof', () => {
  const mark = () => '***'

  test.each(schemes)('of %s changes it alone', (_name, scheme, secret) => {
    const request = new Deliveries({ scheme, secret, now: Date.now, path: '/hook' }).make()
    expect(editProof(scheme, request, (proof) => proof)).toEqual(request)
    const edited = editProof(scheme, request, mark)
    expect(edited).not.toEqual(request)
    expect(edited.body).toBe(request.body)
  })

  test('leaves prefix, version and time', () => {
    const make = (scheme: ReturnType<typeof stripe>) =>
      new Deliveries({ scheme, secret: 'c2VjcmV0LTAxMjM0NTY3ODk=', now: () => 5_000, path: '/' }).make()
    const ofStripe = editProof(stripe(), make(stripe()), mark)
    expect(headerOf(ofStripe, 'stripe-signature')).toBe('t=5,v1=***')
    const ofStandard = editProof(standardWebhooks(), make(standardWebhooks()), mark)
    expect(headerOf(ofStandard, 'webhook-signature')).toBe('v1,***')
  })
})
