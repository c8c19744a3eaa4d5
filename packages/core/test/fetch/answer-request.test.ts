import { createReceiver, memoryStore, type ReceiverOptions, WebhookPermanentError } from '@countersign/core'
import { answerRequest, type FetchContext, toResponse, webhook } from '@countersign/core/fetch'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { type DeliveryParts, nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'
import { requestOf } from './support/request-with.js'

type Options = Partial<ReceiverOptions<VisibuildEvent>>

const settings = { scheme: visibuild(), secret, now: () => nowMs }

function requestFor(parts: DeliveryParts = {}): Request {
  const { method, headers, body } = visibuildDelivery(parts)
  return new Request('http://test/webhooks/visibuild?a=b', {
    method,
    headers,
    body: body as Uint8Array<ArrayBuffer>,
  })
}

const statusAndBody = async (response: Response) => [response.status, await response.text()]

afterEach(() => {
  vi.restoreAllMocks()
})

describe('webhook of core/fetch', () => {
  const receiving = (handler: Parameters<typeof webhook<VisibuildEvent>>[1], options: Options = {}) =>
    webhook({ ...settings, ...options }, handler)

  test('hands the delivery and the request to the handler, and answers', async () => {
    const handler = vi.fn()
    const receive = receiving(handler)
    const request = requestFor()
    expect(await statusAndBody(await receive(request))).toEqual([200, '{"status":"processed"}'])
    const [delivery, context] = handler.mock.calls[0] ?? expect.fail('not called')
    expect(delivery).toMatchObject({ event: 'ticket.created', payload: { id: 'event-1' }, attempt: 1 })
    expect(context).toEqual({ request })
    expect(await statusAndBody(await receive(requestFor()))).toEqual([200, '{"status":"duplicate"}'])
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test.each([null, 'text', 0, {}, { status: 'done', headers: {} }, { status: 200 }])(
    'a handler may return %j, and it goes to nobody',
    async (result) => {
      const receive = receiving(async () => result)
      expect(await statusAndBody(await receive(requestFor()))).toEqual([200, '{"status":"processed"}'])
    },
  )

  test('a Response of 2xx is the answer, and completes', async () => {
    const receive = receiving(() => Response.json({ mine: true }, { status: 202 }))
    expect(await statusAndBody(await receive(requestFor()))).toEqual([202, '{"mine":true}'])
    expect(await statusAndBody(await receive(requestFor()))).toEqual([200, '{"status":"duplicate"}'])
  })

  test.each([199.5, 302, 400, 404, 500, 503])(
    'a Response of %d is the answer, and releases',
    async (status) => {
      const own = Object.create(Response.prototype, {
        status: { value: status },
        headers: { value: new Headers() },
      })
      const handler = vi.fn(() => undefined as unknown).mockReturnValueOnce(own)
      const onFailed = vi.fn()
      const receive = receiving(handler, { onFailed })
      expect(await receive(requestFor())).toBe(own)
      expect(onFailed.mock.calls[0]?.[0].error.message).toContain(String(status))
      expect((await receive(requestFor())).status).toBe(200)
      expect(handler).toHaveBeenCalledTimes(2)
    },
  )

  test('a Response of a class that is not ours is one too', async () => {
    const foreign = { status: 418, headers: new Headers(), body: null }
    const receive = receiving(() => foreign)
    expect(await receive(requestFor())).toBe(foreign)
  })

  test('the claim is settled before the Response is given', async () => {
    const store = memoryStore()
    const completing = createGate()
    const gate = createGate()
    const complete = store.complete.bind(store)
    store.complete = async (request) => {
      completing.open()
      await gate.opened
      return complete(request)
    }
    const answered = vi.fn()
    const receive = receiving(() => new Response('mine'), { store })
    const answering = receive(requestFor()).then(answered)
    await completing.opened
    await new Promise(setImmediate)
    expect(answered).not.toHaveBeenCalled()
    gate.open()
    await answering
    expect(answered).toHaveBeenCalledTimes(1)
  })

  test('the last attempt is answered by the core, whatever Response the handler gave', async () => {
    const receive = receiving(() => new Response('poison', { status: 500 }), { exhaustAfter: 2 })
    expect(await statusAndBody(await receive(requestFor()))).toEqual([500, 'poison'])
    const second = requestFor({ timestamp: String(nowMs / 1000 + 1) })
    expect(await statusAndBody(await receive(second))).toEqual([200, '{"status":"exhausted"}'])
  })

  test('on the last attempt a success stays the handler’s own', async () => {
    const receive = receiving(() => new Response('mine', { status: 201 }), { exhaustAfter: 1 })
    expect(await statusAndBody(await receive(requestFor()))).toEqual([201, 'mine'])
  })

  test.each<[string, () => unknown, number, string]>([
    [
      'throws',
      () => {
        throw new Error('hunter2')
      },
      500,
      '{"error":"handler failed"}',
    ],
    ['rejects with no error', () => Promise.reject('hunter2'), 500, '{"error":"handler failed"}'],
    [
      'fails for good',
      () => Promise.reject(new WebhookPermanentError('hunter2')),
      200,
      '{"status":"failed-for-good"}',
    ],
  ])('a handler that %s is answered by the core', async (_how, handler, status, body) => {
    expect(await statusAndBody(await receiving(handler)(requestFor()))).toEqual([status, body])
  })

  test('a forgery is answered with its body unread, which is thrown away', async () => {
    const request = requestOf(new Uint8Array(10), new Uint8Array(10))
    const handler = vi.fn()
    const response = await receiving(handler)(request)
    expect(await statusAndBody(response)).toEqual([401, '{"error":"unauthorized"}'])
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(request.bodyUsed).toBe(true)
    expect(handler).not.toHaveBeenCalled()
  })

  test('a wrong set-up shows when the route is made', () => {
    expect(() => receiving(vi.fn(), { secret: undefined as never })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
  })

  test('a request whose body cannot even be asked for is refused, and harms nobody', async () => {
    const broken = (headers: Record<string, string>) =>
      Object.create(Request.prototype, {
        method: { value: 'POST' },
        url: { value: 'http://user:password@test/hook' },
        headers: { value: new Headers(headers) },
        bodyUsed: { value: false },
        body: {
          get: () => {
            throw new TypeError('no such request')
          },
        },
      }) as Request
    const receive = receiving(vi.fn())
    expect((await receive(broken({}))).status).toBe(401)
    expect((await receive(broken(visibuildDelivery().headers))).status).toBe(400)
    // What would be rejected unhandled would fail this file.
    await new Promise(setImmediate)
  })
})

describe('answerRequest', () => {
  const receiver = () => createReceiver({ ...settings, onWarning: () => undefined })

  test('a body that was read before is answered 500 at once, and told what to do', async () => {
    const warnings: string[] = []
    const handler = vi.fn()
    const request = requestFor()
    await request.json()
    const response = await answerRequest(request, {
      receiver: createReceiver({ ...settings, onWarning: (message) => warnings.push(message) }),
      handler,
      remedy: 'Leave parser X out.',
    })
    expect(await statusAndBody(response)).toEqual([500, '{"error":"misconfigured"}'])
    expect(warnings).toEqual([expect.stringContaining('Leave parser X out.')])
    expect(handler).not.toHaveBeenCalled()
  })

  test('what the request does is kept alive until the claim is settled', async () => {
    const gate = createGate()
    const kept: Promise<unknown>[] = []
    class Context implements FetchContext {
      #kept = kept
      waitUntil(promise: Promise<unknown>) {
        this.#kept.push(promise)
      }
    }
    const handling = answerRequest(requestFor(), {
      receiver: receiver(),
      handler: () => gate.opened,
      context: new Context(),
    })
    expect(kept).toHaveLength(1)
    const isOver = vi.fn()
    void kept[0]?.then(isOver)
    await new Promise(setImmediate)
    expect(isOver).not.toHaveBeenCalled()
    gate.open()
    await kept[0]
    expect((await handling).status).toBe(200)
  })

  test.each([undefined, {}, { waitUntil: undefined }])(
    'a context of %j has nothing that keeps it alive, and needs nothing',
    async (context) => {
      const options = { receiver: receiver(), handler: vi.fn(), context: context as FetchContext | undefined }
      expect((await answerRequest(requestFor(), options)).status).toBe(200)
    },
  )
})

test('toResponse leaves the body alone where it was read, and the connection to the runtime', async () => {
  const request = requestOf(Uint8Array.of(1))
  const answer = { status: 503, headers: { 'retry-after': '1' }, body: '{}' }
  const response = toResponse({ ...answer, bodyUnread: false }, request)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
  expect(response.headers.get('connection')).toBeNull()
  expect(request.bodyUsed).toBe(false)
  expect(toResponse({ ...answer, bodyUnread: true }, request).headers.get('connection')).toBeNull()
  expect(request.bodyUsed).toBe(true)
})
