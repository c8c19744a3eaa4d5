import { createReceiver, memoryStore, type Outcome, type ReceiverOptions } from '@countersign/core'
import { slack, visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nowMs, secret, visibuildAttempt, visibuildDelivery } from './support/visibuild-delivery.js'

function setUp(options: Partial<ReceiverOptions> = {}) {
  const onFailed = vi.fn()
  const receiver = createReceiver({
    scheme: visibuild(),
    secret,
    store: memoryStore(),
    now: () => nowMs,
    onFailed,
    ...options,
  })
  const receive = (result: unknown, attempt = 1): Promise<Outcome> =>
    receiver.receive(visibuildAttempt(attempt), () => result)
  return { receive, onFailed, receiver }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a Response that the handler of receive() returns', () => {
  it('is what to answer, and completes with 2xx', async () => {
    const { receive } = setUp()
    const own = Response.json({ challenge: 'ü' }, { status: 201, headers: { 'x-own': 'yes' } })
    const outcome = await receive(own)
    expect(outcome).toMatchObject({
      type: 'processed',
      response: {
        status: 201,
        headers: { 'content-type': 'application/json', 'x-own': 'yes' },
        body: '{"challenge":"ü"}',
        bodyUnread: false,
      },
    })
    // Whoever sends the response itself, as a fetch handler, still can.
    expect(outcome.type === 'processed' && outcome.result).toBe(own)
    expect(await own.json()).toEqual({ challenge: 'ü' })
    expect((await receive(undefined, 2)).type).toBe('duplicate')
  })

  it('has its cookies and its exact bytes in own', async () => {
    const { receive } = setUp()
    const headers = new Headers({ 'content-length': '2', connection: 'close' })
    headers.append('set-cookie', 'a=1')
    headers.append('set-cookie', 'b=2')
    const { response } = await receive(new Response(Uint8Array.of(0xff, 0), { headers }))
    expect(response.body).toBe('')
    expect(response.own).toEqual({
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      body: Uint8Array.of(0xff, 0),
    })
  })

  it('releases with any other status', async () => {
    const { receive, onFailed } = setUp()
    expect(await receive(new Response('no', { status: 422 }))).toMatchObject({
      type: 'handler-failed',
      response: { status: 422, body: 'no' },
    })
    expect(onFailed.mock.calls[0]?.[0].error.message).toBe('The handler answered 422.')
    expect((await receive(undefined, 2)).type).toBe('processed')
  })

  it('gives way to the outcome on the last attempt', async () => {
    const { receive } = setUp({ exhaustAfter: 1 })
    const outcome = await receive(new Response('no', { status: 503 }))
    expect(outcome).toMatchObject({ type: 'exhausted', response: { status: 200 } })
    expect(outcome.response.own).toBeUndefined()
  })

  const endless = () =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    })

  it.each<[string, () => unknown, RegExp]>([
    ['larger than 1 MiB', () => new Response(new Uint8Array(1024 * 1024 + 1)), /larger than 1048576 bytes/],
    ['endless', () => new Response(endless()), /larger than 1048576 bytes/],
    [
      'broken',
      () => new Response(new ReadableStream({ start: (stream) => stream.error(new Error('poison')) })),
      /poison/,
    ],
    ['an error', () => Response.error(), /Response\.error/],
  ])('counts as a throw where its body is %s', async (_what, make, cause) => {
    const { receive, onFailed } = setUp()
    expect(await receive(make())).toMatchObject({
      type: 'handler-failed',
      response: { status: 500, body: '{"error":"handler failed"}' },
    })
    expect(onFailed.mock.calls[0]?.[0].error.cause.message).toMatch(cause)
    expect((await receive(undefined, 2)).type).toBe('processed')
  })

  it('counts as a throw where its body was read before', async () => {
    const { receive, onFailed } = setUp()
    const read = new Response('text')
    await read.text()
    expect((await receive(read)).type).toBe('handler-failed')
    expect(onFailed.mock.calls[0]?.[0].error.cause.message).toMatch(/read before/)
  })

  it('counts as a throw where its body has not ended after 5 seconds', async () => {
    vi.useFakeTimers()
    const { receive, onFailed } = setUp()
    const receiving = receive(new Response(new ReadableStream()))
    await vi.advanceTimersByTimeAsync(4_999)
    expect(onFailed).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect((await receiving).type).toBe('handler-failed')
    expect(onFailed.mock.calls[0]?.[0].error.cause.message).toMatch(/within 5000 ms/)
  })

  it.each([
    ['what only looks like one', { status: 422 }],
    ['a result of axios', { status: 500, headers: { 'content-type': 'text/plain' }, data: 'x' }],
    ['headers with a get but no status', { headers: new Headers() }],
    ['text', 'text'],
    ['null', null],
  ])('is no answer: %s', async (_what, result) => {
    const { receive } = setUp()
    expect(await receive(result)).toMatchObject({ type: 'processed', result, response: { status: 200 } })
  })

  it('is asked of a verified delivery only', async () => {
    const { receiver } = setUp()
    const handler = vi.fn(() => new Response('secret'))
    const forged = visibuildDelivery({ signWith: 'another-secret-of-thirty-two-chr' })
    expect((await receiver.receive(forged, handler)).response.status).toBe(401)
    expect(handler).not.toHaveBeenCalled()
  })
})

describe('a handshake', () => {
  const sender = createSender({ scheme: slack(), secret, now: () => nowMs })
  const challenge = sender.sign({ body: '{"type":"url_verification","challenge":"c"}' })

  it('is no false alarm, and is answered by its handler', async () => {
    const onWarning = vi.fn()
    const receiver = createReceiver({ scheme: slack(), secret, now: () => nowMs, onWarning })
    const { response } = await receiver.receive(challenge, ({ event, payload }) =>
      event === 'url_verification'
        ? Response.json({ challenge: (payload as { challenge: string }).challenge })
        : undefined,
    )
    expect([response.status, response.body]).toEqual([200, '{"challenge":"c"}'])
    expect(onWarning).not.toHaveBeenCalled()
  })

  it('is the one exception: another event without an id is still warned about', async () => {
    const onWarning = vi.fn()
    const receiver = createReceiver({ scheme: slack(), secret, now: () => nowMs, onWarning })
    await receiver.receive(sender.sign({ body: '{"type":"view_submission"}' }), () => {})
    expect(onWarning.mock.calls.flat().join()).toMatch(/came without what tells it from others/)
  })
})
