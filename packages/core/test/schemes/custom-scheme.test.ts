import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  createReceiver,
  defineScheme,
  memoryStore,
  type ProvedContent,
  type ReceiverOptions,
  type Scheme,
  type VerifierRequest,
  verify,
  WebhookSecretError,
} from '@countersign/core'
import { type CustomSchemeOptions, customScheme } from '@countersign/core/schemes'
import type { SignedRequest, SignOptions } from '@countersign/testing'
import { createFakeClock, createSender } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'

const nowMs = Date.parse('2026-03-17T09:00:00Z')
const secret = 'a-signing-secret-of-32-characters'
const hour = 3_600_000

function macOf(time: string, body: Uint8Array, key: string): string {
  return createHmac('sha256', key).update(`${time}.`).update(body).digest('hex')
}

function isMac(given: string, time: string, body: Uint8Array, key: string): boolean {
  const expected = Buffer.from(macOf(time, body, key))
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), expected)
}

/** What an SDK would do: a time and an HMAC, each in a header. */
function verifyAcme({ headers, rawBody }: VerifierRequest, key: string): ProvedContent | false {
  const time = headers.get('X-Acme-Time') ?? ''
  if (!isMac(headers.get('X-Acme-Signature') ?? '', time, rawBody, key)) return false
  return { signed: rawBody, timestamp: Number(time) }
}

const signAcme: CustomSchemeOptions['sign'] = ({ body, timestamp }, key) => ({
  'X-Acme-Signature': macOf(String(timestamp), body, key),
  'X-Acme-Time': String(timestamp),
})

const acme = (options: Partial<CustomSchemeOptions> = {}) =>
  customScheme({
    name: 'acme',
    verify: verifyAcme,
    sign: signAcme,
    eventId: { json: '/id' },
    eventType: { json: '/type' },
    ...options,
  })

function setUp(scheme: Scheme = acme(), options: Partial<ReceiverOptions> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const store = memoryStore({ now: clock.monotonic })
  const onWarning = vi.fn()
  const onRejected = vi.fn()
  const receiver = createReceiver({
    endpoint: 'e',
    scheme,
    secret,
    store,
    clock,
    onWarning,
    onRejected,
    ...options,
  })
  const sender = createSender({ scheme: acme(), secret, now: clock.now })
  const handler = vi.fn<(delivery: { readonly payload: unknown }) => unknown>()
  const receive = (request: SignedRequest) => receiver.receive(request, handler)
  const sign = (signing: SignOptions = {}) => sender.sign(signing)
  return { clock, receiver, receive, sign, handler, onWarning, onRejected }
}

const refusalOf = (onRejected: ReturnType<typeof vi.fn>) => {
  const { code, authentic } = onRejected.mock.calls.at(-1)?.[0] ?? {}
  return [code, authentic]
}

describe('a custom scheme is served as any other', () => {
  it('hands on what the signed body says', async () => {
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

  it('answers a stranger as every scheme does', async () => {
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

  it('takes a time at the edge of a tolerance of its own', async () => {
    const { receive, sign } = setUp(acme({ toleranceSeconds: { past: 10, future: 0 } }))
    expect((await receive(sign({ timestamp: nowMs - 10_000 }))).type).toBe('processed')
    expect((await receive(sign({ timestamp: nowMs - 10_001 }))).type).toBe('refused')
    expect((await receive(sign({ timestamp: nowMs + 1 }))).type).toBe('refused')
  })

  it('recognises an event that comes again, signed anew', async () => {
    const { receive, sign, handler } = setUp()
    const body = '{"id":"evt_1","type":"t"}'
    handler.mockRejectedValueOnce(new Error('down'))
    expect((await receive(sign({ body }))).type).toBe('handler-failed')
    expect((await receive(sign({ body, timestamp: nowMs + 1000 }))).type).toBe('processed')
    expect((await receive(sign({ body, timestamp: nowMs + 2000 }))).type).toBe('duplicate')
    expect(handler.mock.calls.map(([delivery]) => (delivery as { attempt?: number }).attempt)).toEqual([1, 2])
  })

  it('reads a signed body that is no JSON as authentic, and forms where the scheme says so', async () => {
    const json = setUp()
    expect((await json.receive(json.sign({ body: 'a=1' }))).response.status).toBe(400)
    expect(refusalOf(json.onRejected)).toEqual(['ERR_WEBHOOK_PAYLOAD_MALFORMED', true])
    const form = setUp(acme({ payload: 'form' }))
    await form.receive(form.sign({ body: 'id=1&type=t' }))
    expect(form.handler.mock.calls[0]?.[0].payload).toEqual({ id: '1', type: 't' })
  })

  it('refuses other methods and bodies that are too large before the verifier is asked', async () => {
    const verifier = vi.fn(verifyAcme)
    const { receive, sign, onRejected } = setUp(acme({ verify: verifier, maxBodyBytes: 10 }))
    expect((await receive({ ...sign(), method: 'PUT' })).response.status).toBe(405)
    const { status } = (await receive({ ...sign(), body: new Uint8Array(11) })).response
    expect(status).toBe(413)
    expect(refusalOf(onRejected)[0]).toBe('ERR_WEBHOOK_BODY_TOO_LARGE')
    expect(verifier).not.toHaveBeenCalled()
  })

  it('ends a request that lacks a header of the proof, or has it twice, before the body is read', async () => {
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

  it('takes its time from a header that the proof covers, read as strictly as anywhere', async () => {
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

  it('lets an SDK have the request as it came', async () => {
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

describe('what tells one event from another', () => {
  const withId = (proved: Partial<ProvedContent>, options: Partial<CustomSchemeOptions> = {}) =>
    customScheme({
      name: 'acme',
      verify: (request, key) => {
        const valid = verifyAcme(request, key)
        return valid && { ...valid, id: request.headers.get('X-Id'), ...proved }
      },
      ...options,
    })
  const body = '{"n":1}'

  it('is a signed id alone', async () => {
    const { receive, sign } = setUp(withId({ idIsSigned: true }))
    expect((await receive(sign({ body, headers: { 'x-id': '1' } }))).type).toBe('processed')
    const later = { timestamp: nowMs + 1000, headers: { 'x-id': '1' } }
    expect((await receive(sign({ ...later, body }))).type).toBe('duplicate')
    expect((await receive(sign({ ...later, body: '{"n":2}' }))).type).toBe('conflict')
    expect((await receive(sign({ ...later, body, headers: { 'x-id': '2' } }))).type).toBe('processed')
  })

  it('is an unsigned id together with what was signed, so that a stranger can take no event away', async () => {
    const { receive, sign } = setUp(withId({}))
    const first = sign({ body, headers: { 'x-id': '1' } })
    expect((await receive(first)).type).toBe('processed')
    // Another event that a stranger has sent under the id of the first.
    expect((await receive(sign({ body: '{"n":2}', headers: { 'x-id': '1' } }))).type).toBe('processed')
    // The captured bytes under another id: the signed time makes it a replay.
    const replay = first.headers.map(([name, value]) => [name, name === 'x-id' ? '3' : value] as const)
    expect((await receive({ ...first, headers: replay })).type).toBe('duplicate')
    expect((await receive(sign({ body, timestamp: nowMs + 1, headers: { 'x-id': '1' } }))).type).toBe(
      'duplicate',
    )
  })

  it('is the signed content where nothing else is there, for as long as its time is good', async () => {
    const { receive, sign, onWarning } = setUp(withId({ id: undefined }))
    const first = sign({ body })
    expect((await receive(first)).type).toBe('processed')
    expect((await receive(first)).type).toBe('duplicate')
    expect((await receive(sign({ body, timestamp: nowMs + 1 }))).type).toBe('processed')
    expect(onWarning.mock.calls.flat().join()).toMatch(
      /came without what tells it from others.*verify return/,
    )
  })

  it('is nothing where no time is signed either, unless the scheme says that equal content is one event', async () => {
    const untimed = { id: undefined, timestamp: undefined }
    const open = setUp(withId(untimed))
    const first = open.sign({ body })
    expect((await open.receive(first)).type).toBe('processed')
    expect((await open.receive(first)).type).toBe('processed')
    const digest = setUp(withId(untimed, { identity: 'body-digest' }))
    expect((await digest.receive(first)).type).toBe('processed')
    expect((await digest.receive(first)).type).toBe('duplicate')
    const none = setUp(withId(untimed, { identity: 'none' }))
    await none.receive(first)
    expect(none.onWarning).not.toHaveBeenCalled()
  })

  it('is what verify calls signed, not the body, whose bytes may be written otherwise', async () => {
    const scheme = customScheme({
      name: 'params',
      identity: 'body-digest',
      verify: ({ rawBody }) => {
        const params = new URLSearchParams(Buffer.from(rawBody).toString())
        params.sort()
        return { signed: params.toString(), payload: Object.fromEntries(params) }
      },
    })
    const { receive } = setUp(scheme)
    const post = (text: string) => receive({ method: 'POST', url: '/', headers: [], body: Buffer.from(text) })
    expect((await post('a=1&b=x+y')).type).toBe('processed')
    expect((await post('b=x%20y&a=1')).type).not.toBe('processed')
  })

  it('keeps schemes, tenants and readings apart', async () => {
    const secrets: Record<string, string> = { one: `${secret}1`, two: `${secret}2` }
    const { receive, sign } = setUp(acme(), {
      secret: ({ header }) => {
        const tenant = header('x-tenant') ?? ''
        return secrets[tenant] === undefined ? undefined : { tenant, secret: secrets[tenant] }
      },
    })
    const by = (tenant: string) =>
      sign({ body: '{"id":"1"}', secret: secrets[tenant] ?? secret, headers: { 'x-tenant': tenant } })
    expect(await receive(by('one'))).toMatchObject({ type: 'processed', delivery: { tenant: 'one' } })
    expect((await receive(by('two'))).type).toBe('processed')
    expect((await receive(by('two'))).type).toBe('duplicate')
    expect(await receive(by('three'))).toMatchObject({ error: { code: 'ERR_WEBHOOK_TENANT_UNKNOWN' } })
  })
})

describe('several secrets', () => {
  const rotating = [
    { id: 'new', value: `${secret}-new` },
    { id: 'old', value: secret, notAfter: nowMs },
  ]

  it('are tried in turn, up to the one that proves', async () => {
    const verifier = vi.fn(verifyAcme)
    const { receive, sign, clock } = setUp(acme({ verify: verifier }), { secret: rotating })
    expect(await receive(sign({ body: '{"id":"1"}' }))).toMatchObject({ delivery: { secretId: 'old' } })
    expect(verifier.mock.calls.map(([, key]) => key)).toEqual([`${secret}-new`, secret])
    verifier.mockClear()
    const byNew = sign({ body: '{"id":"2"}', secret: `${secret}-new` })
    expect(await receive(byNew)).toMatchObject({ delivery: { secretId: 'new' } })
    expect(verifier).toHaveBeenCalledTimes(1)
    await clock.advance(1)
    expect(await receive(sign())).toMatchObject({ error: { code: 'ERR_WEBHOOK_SECRET_EXPIRED' } })
  })

  it('go on after one for which the verifier throws', async () => {
    const scheme = acme({
      verify(request, key) {
        const valid = verifyAcme(request, key)
        if (!valid) throw new Error('Invalid signature')
        return valid
      },
    })
    const { receive, sign } = setUp(scheme, { secret: rotating })
    expect((await receive(sign())).type).toBe('processed')
  })

  it('are asked about an unknown tenant, too, and prove nothing', async () => {
    const verifier = vi.fn((request: VerifierRequest) => ({ signed: request.rawBody }))
    const { receive, sign } = setUp(acme({ verify: verifier }), { secret: () => undefined })
    expect(await receive(sign())).toMatchObject({ error: { code: 'ERR_WEBHOOK_TENANT_UNKNOWN' } })
    expect(verifier).toHaveBeenCalledTimes(1)
  })

  it('must be text; a public key has lines', () => {
    const scheme = acme()
    const create = (given: never) => () => createReceiver({ scheme, secret: given })
    expect(create(Buffer.from(secret) as never)).toThrow(/custom scheme gets its secret as text/)
    expect(create({ username: 'a', password: 'b' } as never)).toThrow(/as text/)
    expect(create('' as never)).toThrow(/empty/)
    const pem = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----'
    expect(create(pem as never)).not.toThrow()
  })
})

describe('a verifier that fails', () => {
  const throwing = (thrown: unknown) =>
    acme({
      verify() {
        throw thrown
      },
    })

  it.each<[string, unknown]>([
    ['an SDK, by a class of its own', Object.assign(new Error('poison'), { name: 'SignatureError' })],
    ['a plain error', new Error('poison')],
    ['text', 'poison'],
    ['null', null],
  ])('says "not valid" where it is thrown by %s', async (_by, thrown) => {
    const { receive, sign, onRejected, onWarning } = setUp(throwing(thrown))
    const { response } = await receive(sign())
    expect([response.status, response.body]).toEqual([401, '{"error":"unauthorized"}'])
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_SIGNATURE_MISMATCH', false])
    const { error } = onRejected.mock.calls[0]?.[0] ?? {}
    expect(error.cause).toBe(thrown)
    expect(error.message).not.toContain('poison')
    expect(onWarning).not.toHaveBeenCalled()
  })

  it.each<[string, unknown]>([
    ['TypeError', new TypeError('poison')],
    ['RangeError', new RangeError('poison')],
    ['DOMException', new DOMException('poison', 'DataError')],
    ['system error', Object.assign(new Error('poison'), { code: 'ERR_OSSL_UNSUPPORTED' })],
  ])('does not look like forged traffic where it threw a %s', async (name, thrown) => {
    const { receive, sign, onRejected, onWarning } = setUp(throwing(thrown))
    const { response } = await receive(sign())
    expect([response.status, response.body]).toEqual([401, '{"error":"unauthorized"}'])
    await receive(sign())
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_VERIFIER_FAILED', false])
    expect(onRejected.mock.calls[0]?.[0].error.cause).toBe(thrown)
    const warnings = onWarning.mock.calls.flat()
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(`The verifier of scheme "acme" threw a ${name}`)
    expect(warnings[0]).not.toContain('poison')
  })

  it('counts a rejected promise as a throw', async () => {
    const { receive, sign, onRejected } = setUp(acme({ verify: () => Promise.reject(new TypeError('no')) }))
    expect((await receive(sign())).response.status).toBe(401)
    expect(refusalOf(onRejected)[0]).toBe('ERR_WEBHOOK_VERIFIER_FAILED')
  })

  it('asks the sender to come again where it says that it could not tell', async () => {
    const unavailable = new WebhookSecretError('ERR_WEBHOOK_SECRET_UNAVAILABLE', 'no certificate')
    const { receive, sign } = setUp(throwing(unavailable))
    expect((await receive(sign())).response.status).toBe(503)
  })

  it('is given up after its time, with its signal aborted, and its late answer is nobody’s', async () => {
    let settle: (answer: ProvedContent) => void = () => {}
    let seen: AbortSignal | undefined
    const scheme = acme({
      verifyTimeoutMs: 700,
      verify: ({ signal }) => {
        seen = signal
        return new Promise((resolve) => {
          settle = resolve
        })
      },
    })
    const { receive, sign, clock, onRejected } = setUp(scheme)
    const receiving = receive(sign())
    await vi.waitFor(() => expect(seen).toBeDefined())
    await clock.advance(699)
    expect(seen?.aborted).toBe(false)
    await clock.advance(1)
    const { response } = await receiving
    expect([response.status, response.body, response.headers['retry-after']]).toEqual([
      503,
      '{"error":"unavailable"}',
      '10',
    ])
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_VERIFIER_TIMEOUT', false])
    expect(seen?.aborted).toBe(true)
    settle({ signed: '' })
  })

  it.each<[string, unknown, RegExp]>([
    ['true', true, /verify returned boolean; return \{ signed: rawBody \}/],
    ['nothing signed', { id: '1' }, /verify returned no signed/],
    ['an id that is a number', { signed: '', payload: 1, id: 7 }, /an id that is no text/],
    ['an event that is an object', { signed: '', payload: 1, event: {} }, /an event that is no text/],
    ['text for a time', { signed: '', payload: 1, timestamp: '5' }, /timestamp that is no number/],
    ['seconds for a time', { signed: '', payload: 1, timestamp: nowMs / 1000 }, /in seconds/],
    ['text for idIsSigned', { signed: '', payload: 1, idIsSigned: 'yes' }, /idIsSigned/],
    ['content that does not hold the body', { signed: 'another' }, /nothing says that the body is proved/],
  ])('is a fault of the set-up where it returns %s', async (_what, answer, message) => {
    const { receive, sign, onWarning } = setUp(acme({ verify: () => answer as never }))
    const { type, response } = await receive(sign())
    expect([type, response.status]).toEqual(['misconfigured', 500])
    expect(onWarning.mock.calls.flat().join()).toMatch(message)
  })

  it('refuses a signed time that is no number as malformed', async () => {
    const scheme = acme({ verify: ({ rawBody }) => ({ signed: rawBody, timestamp: Number('soon') }) })
    const { receive, sign, onRejected } = setUp(scheme)
    await receive(sign())
    expect(refusalOf(onRejected)).toEqual(['ERR_WEBHOOK_TIMESTAMP_MALFORMED', true])
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

it('takes a handshake by GET beside signed deliveries, and its handler answers', async () => {
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
