import { WebhookConfigurationError } from '@countersign/core'
import { hmacScheme, visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { describe, expect, test, vi } from 'vitest'
import { type LambdaEvent, webhook } from '../src/index.js'
import { toWebhookRequest } from '../src/to-webhook-request.js'
import { receivedDelivery, secret, sender } from './support/deliveries.js'
import { functionUrl, type Gateway, httpApi, loadBalancer, restApi } from './support/gateways.js'
import { lattice, latticeV1, netlify } from './support/other-gateways.js'
import { lambdaContext } from './support/serve-gateway.js'

const gateways = [
  restApi,
  httpApi,
  functionUrl,
  loadBalancer({ multiValueHeaders: true }),
  loadBalancer({ multiValueHeaders: false }),
  netlify,
  lattice,
  latticeV1,
]
/** These pass only the last of several parameters of one name. */
const withSingleValues = ['ALB, single values', 'VPC Lattice v1']

function invoke(gateway: Gateway, received = receivedDelivery(), handler = vi.fn()) {
  const invoked = webhook({ scheme: visibuild(), secret }, handler)
  return invoked(gateway.toEvent(received) as LambdaEvent, lambdaContext())
}

describe.each(gateways)('$name', (gateway) => {
  test('the handler gets a delivery with its event and context', async () => {
    const handler = vi.fn()
    const received = receivedDelivery(sender.sign({ payload: { id: 'evt_1', text: 'grüße 👋' } }))
    expect(await invoke(gateway, received, handler)).toMatchObject({ statusCode: 200 })
    const [delivery, { event, context }] = handler.mock.calls[0] ?? expect.fail('not called')
    expect(Buffer.from(delivery.rawBody)).toEqual(received.body)
    expect(event).toEqual(gateway.toEvent(received))
    expect(context.awsRequestId).toBe(lambdaContext().awsRequestId)
  })

  test('bytes that are not UTF-8 arrive as they were sent', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x0d, 0x0a, 0xef, 0xbb, 0xbf])
    const scheme = hmacScheme({ name: 'bytes', header: 'x-signature', payload: 'bytes' })
    const signed = createSender({ scheme, secret }).sign({ body: bytes })
    const handler = vi.fn()
    await webhook({ scheme, secret }, handler)(
      gateway.toEvent(receivedDelivery(signed)) as LambdaEvent,
      lambdaContext(),
    )
    expect(Buffer.from(handler.mock.calls[0]?.[0].rawBody)).toEqual(bytes)
  })

  test.each([
    ['one parameter', 'token=secret-0123456789'],
    ['several, one of them encoded', 'a=1&token=%73ecret%2F%26%3D%20%2B&b='],
    ['two of one name', 'token=a&b=1&token=b'],
    ['a plus', 'token=a+b'],
    ['a name without a value', 'token'],
    ['signs beyond ASCII', 'token=%C3%A9%F0%9F%99%82'],
    ['none', ''],
  ])('the query of the URL is unchanged: %s', (_what, query) => {
    const { url } = toWebhookRequest(
      gateway.toEvent(receivedDelivery(sender.sign(), `/hook?${query}`)) as LambdaEvent,
    )
    expect(url.split('?')[0]).toBe('/hook')
    const asked = [...new URLSearchParams(query)]
    const single = withSingleValues.includes(gateway.name)
    expect([...new URLSearchParams(url.split('?')[1])].sort()).toEqual(
      (single ? [...new Map(asked)] : asked).sort(),
    )
  })

  test('other methods are answered 405 with the allowed ones', async () => {
    const { statusCode, headers, multiValueHeaders } = await invoke(gateway, {
      ...receivedDelivery(),
      method: 'GET',
    })
    expect([statusCode, headers?.allow ?? multiValueHeaders?.allow]).toEqual([
      405,
      headers ? 'POST' : ['POST'],
    ])
  })
})

test.each(gateways.filter(({ name }) => name !== 'ALB, single values'))(
  'a repeated signing header is refused, in upper or lower case: $name',
  async (gateway) => {
    const received = receivedDelivery()
    const [name, value = ''] =
      received.headers.find(([name]) => /signature/i.test(name)) ?? expect.fail('no signature')
    for (const again of [name, name.toUpperCase()]) {
      const doubled = { ...received, headers: [...received.headers, [again, value] as const] }
      expect(await invoke(gateway, doubled)).toMatchObject({ statusCode: 401 })
    }
  },
)

test('without multi-value headers a load balancer passes the last of two, which must be valid', async () => {
  const gateway = loadBalancer({ multiValueHeaders: false })
  const received = receivedDelivery()
  const wrong = ['x-visibuild-signature', `sha256=${'0'.repeat(64)}`] as const
  expect(await invoke(gateway, { ...received, headers: [wrong, ...received.headers] })).toMatchObject({
    statusCode: 200,
  })
  expect(await invoke(gateway, { ...received, headers: [...received.headers, wrong] })).toMatchObject({
    statusCode: 401,
  })
})

test.each(gateways)('the length may be a number: $name', async (gateway) => {
  const received = receivedDelivery()
  const event = JSON.stringify(
    gateway.toEvent({ ...received, headers: [...received.headers, ['content-length', '$']] }),
  ).replaceAll('"$"', String(received.body.length))
  const invoked = webhook({ scheme: visibuild(), secret }, () => undefined)
  expect(await invoked(JSON.parse(event), lambdaContext())).toMatchObject({ statusCode: 200 })
  const longer = event
    .replaceAll(`:${received.body.length}`, ':1')
    .replaceAll(`[${received.body.length}]`, '[1]')
  expect(longer).not.toBe(event)
  expect(await invoked(JSON.parse(longer), lambdaContext())).toMatchObject({ statusCode: 400 })
})

test('the multi-value maps are used before the single-value ones', () => {
  const event = restApi.toEvent(receivedDelivery(sender.sign(), '/hook?a=1&a=2')) as LambdaEvent
  const { headers, url } = toWebhookRequest({
    ...event,
    headers: { 'x-a': 'other' },
    queryStringParameters: { a: 'other' },
  } as LambdaEvent)
  expect(headers).toBe((event as { multiValueHeaders?: object }).multiValueHeaders)
  expect(url).toBe('/hook?a=1&a=2')
})

test('null maps are empty', () => {
  const event: LambdaEvent = {
    httpMethod: 'POST',
    path: '/hook',
    headers: null,
    multiValueHeaders: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {},
  }
  expect(toWebhookRequest(event)).toMatchObject({ method: 'POST', url: '/hook', headers: {} })
})

test("the URL is the one that the sender requested, with the API's stage", () => {
  const event = restApi.toEvent(receivedDelivery()) as { requestContext: object }
  const staged = { ...event, requestContext: { ...event.requestContext, path: '/prod/hook' } }
  expect(toWebhookRequest(staged as LambdaEvent).url).toBe('/prod/hook')
})

test('cookies that HTTP APIs remove from the headers are added again', () => {
  const received = receivedDelivery()
  const event = httpApi.toEvent({ ...received, headers: [...received.headers, ['Cookie', 'a=1; b=2']] })
  expect(event).toMatchObject({ cookies: ['a=1', 'b=2'] })
  expect(event).not.toHaveProperty(['headers', 'cookie'])
  expect(toWebhookRequest(event as LambdaEvent).headers).toMatchObject({ cookie: 'a=1; b=2' })
})

describe('an event that is not an HTTP request', () => {
  test.each<[string, unknown]>([
    ["a queue's batch", { Records: [{ messageId: '1', body: '{}', eventSource: 'aws:sqs' }] }],
    ['a topic', { Records: [{ EventSource: 'aws:sns', Sns: { Message: '{}' } }] }],
    ['a schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }],
    [
      "a WebSocket's message",
      { requestContext: { routeKey: '$default', eventType: 'MESSAGE', connectionId: 'c' }, body: '{}' },
    ],
    ['a direct invocation with the body alone', { id: 'evt_1', type: 'ticket.created' }],
    ['a direct invocation with a request in another format', { method: 'POST', headers: {}, body: '{}' }],
    ['an event without a context', { httpMethod: 'POST', path: '/', headers: {}, body: '{}' }],
    [
      'a mixture of two formats',
      { httpMethod: 'POST', path: '/', requestContext: { http: null }, body: '{}' },
    ],
    ['nothing', undefined],
    ['null', null],
    ['text', '{}'],
    ['a list', []],
  ])('%s fails the invocation, and the error says what to do', async (_what, event) => {
    const handler = vi.fn()
    const onRejected = vi.fn()
    const invocation = webhook({ scheme: visibuild(), secret, onRejected }, handler)(
      event as LambdaEvent,
      lambdaContext(),
    )
    const error = await invocation.catch((error: unknown) => error)
    expect(error).toBeInstanceOf(WebhookConfigurationError)
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_OPTION_INVALID',
      message: expect.stringMatching(/not an HTTP request.*API Gateway.*function URL/),
    })
    expect(handler).not.toHaveBeenCalled()
  })
})
