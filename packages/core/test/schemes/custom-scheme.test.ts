import { createReceiver, defineScheme, verify } from '@countersign/core'
import { customScheme, type VerifierRequest } from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { acme, nowMs, refusalOf, secret, setUp, verifyAcme } from '../support/acme-scheme.js'

const hour = 3_600_000

describe('a custom scheme works like any other', () => {
  it('passes on the fields of the signed body', async () => {
    const { receive, sign } = setUp()
    const outcome = await receive(sign({ body: '{"id":"evt_1","type":"invoice.paid"}' }))
    expect(outcome).toMatchObject({
      type: 'processed',
      response: { status: 200 },
      delivery: {
        scheme: 'acme',
        endpoint: 'e',
        id: 'evt_1',
        event: 'invoice.paid',
        payload: { id: 'evt_1', type: 'invoice.paid' },
        timestamp: nowMs,
        secretId: '0',
        attempt: 1,
      },
    })
  })

  it('works with verify(), and with a schema', async () => {
    const { sign, receiver } = setUp()
    const request = sign({ body: '{"id":"evt_1","type":"t"}' })
    const options = { scheme: acme(), secret, now: () => nowMs }
    expect(await verify(request, options)).toMatchObject({ id: 'evt_1', event: 't' })
    expect(await verify(request, { ...options, parse: false })).toMatchObject({ payload: undefined })
    expect(await receiver.verify(request)).toMatchObject({ id: 'evt_1' })
    const schema = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { checked: true } }) },
    } as const
    const checked = createReceiver({ scheme: acme(), secret, schema, now: () => nowMs })
    expect((await checked.verify(request)).payload).toEqual({ checked: true })
  })

  it('answers an unauthenticated request like every scheme', async () => {
    const { receive, sign, onRejected } = setUp()
    for (const forged of [
      sign({ secret: 'another-secret-of-thirty-two-chr' }),
      sign({ omitProof: true }),
      { ...sign(), body: Buffer.from('{"id":"evt_2"}') },
    ]) {
      const { type, response } = await receive(forged)
      expect([type, response.status, response.body]).toEqual(['refused', 401, '{"error":"unauthorized"}'])
      expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_SIGNATURE_MISMATCH', false])
    }
  })

  it.each([
    [-hour, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [hour, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    [-301_000, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [301_000, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ])('refuses a time that is %d ms off, and says that it is authentic', async (offset, code) => {
    const { receive, sign, onRejected } = setUp()
    expect((await receive(sign({ timestamp: nowMs + offset }))).type).toBe('refused')
    expect(refusalOf(onRejected)).toEqual([code, true])
  })

  it('accepts a timestamp at the limit of its own tolerance', async () => {
    const { receive, sign } = setUp(acme({ toleranceSeconds: { past: 10, future: 0 } }))
    expect((await receive(sign({ timestamp: nowMs - 10_000 }))).type).toBe('processed')
    expect((await receive(sign({ timestamp: nowMs - 10_001 }))).type).toBe('refused')
    expect((await receive(sign({ timestamp: nowMs + 1 }))).type).toBe('refused')
  })

  it('recognises an event that arrives again with a new signature', async () => {
    const { receive, sign, handler } = setUp()
    const body = '{"id":"evt_1","type":"t"}'
    handler.mockRejectedValueOnce(new Error('down'))
    expect((await receive(sign({ body }))).type).toBe('handler-failed')
    expect((await receive(sign({ body, timestamp: nowMs + 1000 }))).type).toBe('processed')
    expect((await receive(sign({ body, timestamp: nowMs + 2000 }))).type).toBe('duplicate')
    expect(handler.mock.calls.map(([delivery]) => (delivery as { attempt?: number }).attempt)).toEqual([1, 2])
  })

  it('reports a signed body that is not JSON as authentic, and parses forms if the scheme says so', async () => {
    const json = setUp()
    expect((await json.receive(json.sign({ body: 'a=1' }))).response.status).toBe(400)
    expect(refusalOf(json.onRejected)).toEqual(['ERR_WEBHOOK_PAYLOAD_MALFORMED', true])
    const form = setUp(acme({ payload: 'form' }))
    await form.receive(form.sign({ body: 'id=1&type=t' }))
    expect(form.handler.mock.calls[0]?.[0].payload).toEqual({ id: '1', type: 't' })
  })

  it('refuses other methods and bodies that are too large before it calls the verifier', async () => {
    const verifier = vi.fn(verifyAcme)
    const { receive, sign, onRejected } = setUp(acme({ verify: verifier, maxBodyBytes: 10 }))
    expect((await receive({ ...sign(), method: 'PUT' })).response.status).toBe(405)
    const { status } = (await receive({ ...sign(), body: new Uint8Array(11) })).response
    expect(status).toBe(413)
    expect(refusalOf(onRejected)[0]).toBe('ERR_WEBHOOK_BODY_TOO_LARGE')
    expect(verifier).not.toHaveBeenCalled()
  })

  it('refuses a request with a missing or repeated proof header before the body is read', async () => {
    const verifier = vi.fn(verifyAcme)
    const scheme = acme({ verify: verifier, proofHeaders: ['X-Acme-Signature', 'X-Acme-Time'] })
    const { receive, sign, onRejected } = setUp(scheme)
    const read = vi.fn()
    const { headers } = sign()
    const without = headers.filter(([name]) => name !== 'X-Acme-Time')
    for (const [sent, code] of [
      [without, 'MISSING'],
      [[...headers, ['x-acme-time', '1']], 'AMBIGUOUS'],
      [[...without, ['x-acme-time', '']], 'MALFORMED'],
    ] as const) {
      await receive({ ...sign(), headers: sent, body: read as never })
      expect(refusalOf(onRejected)[0]).toBe(`ERR_WEBHOOK_HEADER_${code}`)
    }
    expect(read).not.toHaveBeenCalled()
    expect(verifier).not.toHaveBeenCalled()
    expect((await receive(sign())).type).toBe('processed')
  })

  it('reads its timestamp from a header that the proof covers, as strictly as other schemes', async () => {
    const scheme = acme({
      timestamp: { header: 'X-Acme-Time', unit: 'ms' },
      verify: (request, key) => verifyAcme(request, key) && { signed: request.rawBody },
    })
    const { receive, sign, onRejected } = setUp(scheme)
    expect(await receive(sign())).toMatchObject({ type: 'processed', delivery: { timestamp: nowMs } })
    await receive(sign({ timestamp: nowMs - hour }))
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_TIMESTAMP_TOO_OLD', true])
    await receive(sign({ headers: { 'x-acme-time': '1e3' } }))
    expect(refusalOf(onRejected)[0]).toBe('ERR_WEBHOOK_TIMESTAMP_MALFORMED')
  })

  it('passes the request to an SDK as received', async () => {
    let seen: VerifierRequest | undefined
    const scheme = acme({
      verify(request) {
        seen = request
        return undefined
      },
    })
    const { receive, onRejected } = setUp(scheme)
    const headers: [string, string][] = [
      ['X-One', 'ä, b'],
      ['x-two', '1'],
      ['X-Two', '2'],
    ]
    await receive({ method: 'POST', url: '/hooks?a=%20b', headers, body: Buffer.from([0, 255]) })
    expect(seen).toMatchObject({ method: 'POST', url: '/hooks?a=%20b' })
    expect([...(seen?.rawBody ?? [])]).toEqual([0, 255])
    expect(seen?.headers.get('X-ONE')).toBe('ä, b')
    expect(seen?.headers.get('absent')).toBeUndefined()
    expect(Object.fromEntries(seen?.headers ?? [])).toEqual({ 'x-one': 'ä, b' })
    expect(() => seen?.headers.get('x-two')).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_HEADER_AMBIGUOUS' }),
    )
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_SIGNATURE_MISMATCH', false])
  })
})

describe('what cannot be a custom scheme', () => {
  const refused = (message: RegExp) =>
    expect.objectContaining({ code: 'ERR_WEBHOOK_SCHEME_INVALID', message: expect.stringMatching(message) })

  it.each<[string, object | undefined, RegExp]>([
    ['nothing', undefined, /verify must be a function/],
    ['no verifier', { name: 'x' }, /verify must be a function/],
    ['a name in capitals', { name: 'X', verify: verifyAcme }, /kebab-case/],
    ['a sign that is no function', { name: 'x', verify: verifyAcme, sign: {} }, /sign must be a function/],
    ['a time-out of 0', { name: 'x', verify: verifyAcme, verifyTimeoutMs: 0 }, /verifyTimeoutMs/],
    ['a misspelt field', { name: 'x', verify: verifyAcme, tolerance: 1 }, /no field "tolerance"/],
    [
      'a signature',
      { name: 'x', verify: verifyAcme, signature: {} },
      /signature is for schemes without code/,
    ],
    ['a template', { name: 'x', verify: verifyAcme, signedContent: '{body}' }, /signedContent is for/],
    ['a query', { name: 'x', verify: verifyAcme, payload: 'query-or-body' }, /query-or-body/],
    ['proofHeaders that are text', { name: 'x', verify: verifyAcme, proofHeaders: 'X' }, /must be a list/],
    ['a header that is none', { name: 'x', verify: verifyAcme, proofHeaders: ['a b'] }, /not a header name/],
  ])('is refused at creation: %s', (_what, options, message) => {
    expect(() => customScheme(options as never)).toThrow(refused(message))
  })

  it('keeps its verifier in a copy, and not in JSON', async () => {
    const copy = { ...acme(), toleranceSeconds: 1 }
    const { receive, sign } = setUp(copy)
    expect((await receive(sign())).type).toBe('processed')
    const saved = JSON.parse(JSON.stringify(acme()))
    expect(() => defineScheme(saved)).toThrow(refused(/make the scheme with customScheme\(\)/))
    expect(() => createReceiver({ scheme: structuredClone(acme()), secret })).toThrow(refused(/customScheme/))
    expect(() => defineScheme({ ...acme(), signature: { algorithm: 'basic' } })).toThrow(refused(/replaces/))
  })
})

it('accepts a handshake by GET besides signed deliveries, and its handler answers', async () => {
  const scheme = acme({
    methods: ['POST', 'GET'],
    handshakes: ['subscribe'],
    verify(request, key) {
      if (request.method === 'POST') return verifyAcme(request, key)
      const query = new URL(request.url, 'http://localhost').searchParams
      if (query.get('token') !== 'ours') return false
      return { signed: query.toString(), event: 'subscribe', payload: Object.fromEntries(query) }
    },
  })
  const { receiver, sign, handler, onWarning } = setUp(scheme)
  const answer = (payload: unknown) => new Response((payload as { challenge: string }).challenge)
  const get = (url: string) =>
    receiver.receive({ method: 'GET', url, headers: [], body: new Uint8Array() }, ({ payload }) =>
      answer(payload),
    )
  expect((await get('/?token=ours&challenge=1')).response.body).toBe('1')
  expect((await get('/?token=ours&challenge=2')).response.body).toBe('2')
  expect((await get('/?token=theirs&challenge=3')).response.status).toBe(401)
  expect((await receiver.receive(sign(), handler)).type).toBe('processed')
  expect(onWarning).not.toHaveBeenCalled()
})
