import { memoryStore, WebhookPermanentError } from '@countersign/core'
import { scratcher, visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { type LambdaEvent, type WebhookHandler, webhook } from '../src/index.js'
import { receivedDelivery, secret, signAgain } from './support/deliveries.js'
import { functionUrl, type Gateway, httpApi, loadBalancer, restApi } from './support/gateways.js'
import { lambdaContext } from './support/serve-gateway.js'

type Options = Partial<Parameters<typeof webhook>[0]>

function deploy(handler: WebhookHandler, options: Options = {}, gateway: Gateway = httpApi) {
  const invoked = webhook({ scheme: visibuild(), secret, ...options }, handler)
  return (received = receivedDelivery()) => invoked(gateway.toEvent(received) as LambdaEvent, lambdaContext())
}

const unauthorized = '{"error":"unauthorized"}'
const challenge = 'Basic realm="webhooks", charset="UTF-8"'

test.each<[Gateway, object]>([
  [
    httpApi,
    {
      statusCode: 401,
      headers: { 'content-type': 'application/json', 'www-authenticate': challenge },
      body: unauthorized,
    },
  ],
  [
    functionUrl,
    {
      statusCode: 401,
      headers: { 'content-type': 'application/json', 'www-authenticate': challenge },
      body: unauthorized,
    },
  ],
  [
    restApi,
    {
      statusCode: 401,
      headers: { 'content-type': 'application/json', 'www-authenticate': challenge },
      body: unauthorized,
      isBase64Encoded: false,
    },
  ],
  [
    loadBalancer({ multiValueHeaders: false }),
    {
      statusCode: 401,
      statusDescription: '401 Unauthorized',
      headers: { 'content-type': 'application/json', 'www-authenticate': challenge },
      body: unauthorized,
      isBase64Encoded: false,
    },
  ],
  [
    loadBalancer({ multiValueHeaders: true }),
    {
      statusCode: 401,
      statusDescription: '401 Unauthorized',
      multiValueHeaders: { 'content-type': ['application/json'], 'www-authenticate': [challenge] },
      body: unauthorized,
      isBase64Encoded: false,
    },
  ],
])("an answer has its gateway's format: $name", async (gateway, expected) => {
  const basic = { scheme: scratcher(), secret: { username: 'user', password: 'a password of some length' } }
  const forged = { ...receivedDelivery(), headers: [['authorization', 'Basic eDp5']] as const }
  const result = await deploy(vi.fn(), basic, gateway)(forged)
  expect(result).toEqual(expected)
})

describe("a handler's own result", () => {
  test.each([200, 202, 204])('%i is returned unchanged, and completes', async (statusCode) => {
    const own = { statusCode, headers: { 'x-own': '1' }, body: 'mine', cookies: ['a=1'] }
    const handler = vi.fn(() => own)
    const invoke = deploy(handler)
    const received = receivedDelivery()
    expect(await invoke(received)).toBe(own)
    expect((await invoke(received)).body).toBe('{"status":"duplicate"}')
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test.each<[unknown]>([[199], [302], [400], [404], [500], ['500'], [undefined], [Number.NaN]])(
    '%s is returned unchanged, and releases',
    async (statusCode) => {
      const own = { statusCode, body: 'mine' }
      const handler = vi.fn<WebhookHandler>(() => undefined).mockReturnValueOnce(own)
      const onFailed = vi.fn()
      const invoke = deploy(handler, { onFailed })
      const received = receivedDelivery()
      expect(await invoke(received)).toBe(own)
      expect(onFailed).toHaveBeenCalledTimes(1)
      expect((await invoke(receivedDelivery(signAgain(received)))).body).toBe('{"status":"processed"}')
      expect(handler.mock.calls.map(([{ attempt }]) => attempt)).toEqual([1, 2])
    },
  )

  test('is replaced by 2xx on the last attempt before the endpoint would be switched off', async () => {
    const onExhausted = vi.fn()
    const invoke = deploy(() => ({ statusCode: 422, body: 'mine' }), { exhaustAfter: 2, onExhausted })
    const received = receivedDelivery()
    expect(await invoke(received)).toEqual({ statusCode: 422, body: 'mine' })
    const again = receivedDelivery(signAgain(received))
    expect(await invoke(again)).toMatchObject({ statusCode: 200, body: '{"status":"exhausted"}' })
    expect(onExhausted).toHaveBeenCalledTimes(1)
  })

  test.each([undefined, null, 'done', 42, true, { ok: true }, [200]])(
    'any other value is not returned: %s',
    async (result) => {
      expect(await deploy(() => result)()).toMatchObject({ statusCode: 200, body: '{"status":"processed"}' })
    },
  )
})

test('a permanent failure of a handler is answered 2xx, and kept', async () => {
  const handler = vi.fn(() => Promise.reject(new WebhookPermanentError('no such ticket')))
  const invoke = deploy(handler)
  const received = receivedDelivery()
  for (let attempt = 1; attempt <= 2; attempt++)
    expect(await invoke(received)).toMatchObject({ statusCode: 200, body: '{"status":"failed-for-good"}' })
  expect(handler).toHaveBeenCalledTimes(1)
})

test('the claim is settled before the function returns, because Lambda then freezes the process', async () => {
  const store = memoryStore()
  const { complete } = store
  const order: string[] = []
  store.complete = async (request) => {
    await new Promise(setImmediate)
    order.push('completed')
    return complete.call(store, request)
  }
  await deploy(() => ({ statusCode: 204, body: '' }), { store })()
  order.push('returned')
  expect(order).toEqual(['completed', 'returned'])
})

test("Lambda's context is not changed", async () => {
  const context = Object.freeze(lambdaContext())
  const event = Object.freeze(httpApi.toEvent(receivedDelivery())) as LambdaEvent
  const invoked = webhook({ scheme: visibuild(), secret }, vi.fn())
  expect(await invoked(event, context)).toMatchObject({ statusCode: 200 })
})

test('a wrong option throws when the function is loaded', () => {
  const make = (options: object) => () => webhook({ scheme: visibuild(), secret, ...options }, vi.fn())
  expect(make({ secret: undefined })).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }))
  expect(make({ leaseMs: 0 })).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_OPTION_INVALID' }))
})

describe('a Response that the handler returns is the answer', () => {
  const cookies = ['a=1', 'b=2; Path=/']
  const own = () =>
    new Response('{"challenge":"c"}', {
      status: 201,
      headers: [
        ['content-type', 'application/json'],
        ...cookies.map((value): [string, string] => ['set-cookie', value]),
      ],
    })

  test.each<[Gateway, object]>([
    [httpApi, { headers: { 'content-type': 'application/json' }, cookies }],
    [restApi, { multiValueHeaders: { 'content-type': ['application/json'], 'set-cookie': cookies } }],
    [
      loadBalancer({ multiValueHeaders: true }),
      { multiValueHeaders: { 'content-type': ['application/json'], 'set-cookie': cookies } },
    ],
  ])('in the form of $name', async (gateway, expected) => {
    const result = await deploy(own, {}, gateway)()
    expect(result).toMatchObject({ statusCode: 201, body: '{"challenge":"c"}', ...expected })
  })

  test('in base64 if it is not text, and an error status releases', async () => {
    const answers = [() => new Response('no', { status: 422 }), () => new Response(Uint8Array.of(0xff, 0))]
    const received = receivedDelivery()
    const deployed = deploy(() => answers.shift()?.())
    const invoke = () => deployed(received)
    expect(await invoke()).toMatchObject({ statusCode: 422, body: 'no' })
    expect(await invoke()).toMatchObject({ statusCode: 200, body: '/wA=', isBase64Encoded: true })
    expect(await invoke()).toMatchObject({ statusCode: 200, body: '{"status":"duplicate"}' })
  })
})
