import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { type LambdaEvent, webhook } from '../src/index.js'
import { readRawBody } from '../src/read-raw-body.js'
import { receivedDelivery, secret, sender } from './support/deliveries.js'
import { httpApi, restApi } from './support/gateways.js'
import { lambdaContext } from './support/serve-gateway.js'

const bytesOf = (event: object) => readRawBody(event as LambdaEvent)

/** Invokes with the event of a signed delivery, with some members replaced. */
async function invokeWith(members: object, received = receivedDelivery(), maxBodyBytes = 10_000) {
  const handler = vi.fn()
  const onWarning = vi.fn()
  const reasons: unknown[] = []
  const options = {
    scheme: visibuild(),
    secret,
    maxBodyBytes,
    onWarning,
    onRejected: ({ code }: { code?: unknown }) => reasons.push(code),
  }
  const event = { ...httpApi.toEvent(received), ...members } as LambdaEvent
  const { statusCode, body } = await webhook(options, handler)(event, lambdaContext())
  return { statusCode, body, handler, reasons, warnings: onWarning.mock.calls.flat() }
}

describe('the bytes of an event', () => {
  test.each<[string, object, string]>([
    ['text is encoded as UTF-8', { body: 'grüße 👋\r\n' }, 'grüße 👋\r\n'],
    ['a byte order mark is kept', { body: '\ufeff{}' }, '\ufeff{}'],
    ['base64 is decoded', { body: 'Z3LDvMOfZQ==', isBase64Encoded: true }, 'grüße'],
    ['empty base64 is an empty body', { body: '', isBase64Encoded: true }, ''],
    ['text that looks like base64 is text', { body: 'Z3LDvMOfZQ==', isBase64Encoded: false }, 'Z3LDvMOfZQ=='],
    ['no body is an empty body', {}, ''],
    ['null is an empty body', { body: null, isBase64Encoded: false }, ''],
    ['null with the base64 flag is an empty body', { body: null, isBase64Encoded: true }, ''],
  ])('%s', (_what, event, expected) => {
    expect(Buffer.from(bytesOf(event)).toString('utf8')).toBe(expected)
  })

  test.each<[string, object]>([
    ['an object', { body: { id: 'evt_1' } }],
    ['a list', { body: [] }],
    ['a number', { body: 1 }],
    ['false', { body: false }],
    ['decoded text with the flag left on', { body: '{"id":"evt_1"}', isBase64Encoded: true }],
    ['base64 without its padding', { body: 'Z3LDvMOfZQ', isBase64Encoded: true }],
    ['base64 with a line break', { body: 'Z3LD\nvMOfZQ==', isBase64Encoded: true }],
    ['base64 in the alphabet for URLs', { body: '_-8=', isBase64Encoded: true }],
    ['base64 with bits left over', { body: 'Z3LDvMOfZR==', isBase64Encoded: true }],
  ])('%s is refused, because no gateway sends it', (_what, event) => {
    expect(() => bytesOf(event)).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_BODY_ALREADY_PARSED' }))
  })
})

test('a body that a middleware parsed is answered 500, and the warning says what to do', async () => {
  const received = receivedDelivery()
  const { statusCode, body, handler, reasons, warnings } = await invokeWith(
    { body: JSON.parse(received.body.toString()) },
    received,
  )
  expect([statusCode, body]).toEqual([500, '{"error":"misconfigured"}'])
  expect(reasons).toEqual(['ERR_WEBHOOK_BODY_ALREADY_PARSED'])
  expect(warnings).toEqual([expect.stringContaining('httpJsonBodyParser')])
  expect(handler).not.toHaveBeenCalled()
})

test('a REST API without binary media types changes bytes, and the changed body is refused', async () => {
  const signed = sender.sign({ body: Buffer.from('{"id":"evt_1","text":"gr\xfc\xdfe"}', 'latin1') })
  const received = receivedDelivery(signed)
  const kept = await invokeWith(restApi.toEvent(received), received)
  expect([kept.statusCode, kept.reasons]).toEqual([400, ['ERR_WEBHOOK_PAYLOAD_MALFORMED']])
  const lost = { ...restApi.toEvent(received), body: received.body.toString('utf8'), isBase64Encoded: false }
  const { statusCode, handler, reasons } = await invokeWith(lost, received)
  expect([statusCode, reasons]).toEqual([401, ['ERR_WEBHOOK_SIGNATURE_MISMATCH']])
  expect(handler).not.toHaveBeenCalled()
})

test.each([httpApi, restApi])('a body above the limit is refused, encoded or not: $name', async (gateway) => {
  const received = receivedDelivery()
  const { length } = received.body
  expect((await invokeWith(gateway.toEvent(received), received, length)).statusCode).toBe(200)
  expect((await invokeWith(gateway.toEvent(received), received, length - 1)).statusCode).toBe(413)
})
