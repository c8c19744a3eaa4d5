import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { RawClient } from '../../../../test/support/raw-client.js'
import { serve } from '../../../../test/support/serve.js'
import { readRawBody as readRequestBody } from '../../src/fetch/read-raw-body.js'
import { readRawBody, webhook } from '../../src/node/index.js'
import type { ReceiverOptions } from '../../src/options.js'
import { createReceiver } from '../../src/receiver.js'
import type { ReadBody, Receiver, WebhookRequest } from '../../src/types.js'
import { requestWith } from '../fetch/support/request-with.js'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

const mebibyte = 1_048_576
const pending = { type: 'refused', error: { code: 'ERR_WEBHOOK_BODIES_PENDING', authentic: false } }

const receiverOf = (options: Partial<ReceiverOptions> = {}): Receiver =>
  createReceiver({
    scheme: visibuild(),
    secret,
    now: () => nowMs,
    maxBodyBytes: 1000,
    maxPendingBytes: 1000,
    ...options,
  })

/** A delivery, genuine but for its body. */
const requestOf = (body: ReadBody, delivery = visibuildDelivery()): WebhookRequest => ({ ...delivery, body })

/** Holds so many bytes, which are no genuine body. */
const holding =
  (bytes: number): ReadBody =>
  async ({ budget }) => {
    budget?.take(bytes)
    return new Uint8Array()
  }

/** Whether so many bytes can be held now. */
async function hasRoom(receiver: Receiver, bytes = 1000): Promise<boolean> {
  const outcome = await receiver.receive(requestOf(holding(bytes)), () => undefined)
  expect(outcome).toMatchObject({ type: 'refused' })
  return 'error' in outcome && outcome.error?.code !== pending.error.code
}

const streamOf = (...pieces: readonly Buffer[]) =>
  Readable.from(pieces, { objectMode: false }) as unknown as IncomingMessage
const half = Buffer.alloc(500)

describe('bytes of bodies that are not verified yet', () => {
  test('are limited by maxPendingBytes over all requests; beyond it the response is 503, so that the sender retries', async () => {
    const receiver = receiverOf({ maxPendingBytes: 1500 })
    const gate = createGate()
    const slow = receiver.receive(
      requestOf(async (limits) => {
        await holding(1000)(limits)
        await gate.opened
        return new Uint8Array()
      }),
      () => undefined,
    )
    expect(await hasRoom(receiver, 500)).toBe(true)
    const body: ReadBody = (limits) => readRawBody(streamOf(half, half), limits)
    const outcome = await receiver.receive(requestOf(body), () => undefined)
    expect(outcome).toMatchObject({
      ...pending,
      response: { status: 503, body: '{"error":"busy"}', headers: { 'retry-after': '10' }, bodyUnread: true },
    })
    const source = requestWith({ pull: (controller) => controller.enqueue(half) })
    const fetched = requestOf((limits) => readRequestBody(source, limits))
    expect(await receiver.receive(fetched, () => undefined)).toMatchObject(pending)
    gate.open()
    await slow
    expect(await hasRoom(receiver)).toBe(true)
  })

  const genuine = visibuildDelivery()
  const ends: readonly (readonly [how: string, request: WebhookRequest, code: string | undefined])[] = [
    ['is forged', requestOf((limits) => readRawBody(streamOf(half, half), limits)), 'SIGNATURE_MISMATCH'],
    [
      'does not arrive in time',
      requestOf((limits) =>
        readRawBody(new Readable({ read: pushOnce(half) }) as unknown as IncomingMessage, {
          ...limits,
          bodyTimeoutMs: 5,
        }),
      ),
      'BODY_TIMEOUT',
    ],
    [
      'breaks off',
      requestOf((limits) => {
        const stream = streamOf(half, half)
        stream.once('data', () => stream.destroy())
        return readRawBody(stream, limits)
      }),
      'BODY_INCOMPLETE',
    ],
    [
      'is too large',
      requestOf((limits) => readRawBody(streamOf(half, half, half), limits)),
      'BODY_TOO_LARGE',
    ],
    [
      'is not a valid payload',
      (({ body, ...delivery }) =>
        requestOf((limits) => readRawBody(streamOf(body as Buffer), limits), delivery as never))(
        visibuildDelivery({ body: 'x'.repeat(900) }),
      ),
      'PAYLOAD_MALFORMED',
    ],
    [
      'cannot be read by an adapter',
      requestOf(async (limits) => {
        await holding(900)(limits)
        throw new TypeError('a fault of the adapter')
      }),
      'BODY_INCOMPLETE',
    ],
    ['was never asked about', { ...genuine, body: async () => genuine.body as Uint8Array }, undefined],
  ]
  test.each(ends)('are released if a body %s', async (_how, request, code) => {
    const receiver = receiverOf()
    const outcome = await receiver.receive(request, () => undefined)
    if (code) expect(outcome).toMatchObject({ error: { code: `ERR_WEBHOOK_${code}` } })
    else expect(outcome.type).toBe('processed')
    expect(await hasRoom(receiver)).toBe(true)
  })

  test('are released before the handler runs', async () => {
    const receiver = receiverOf()
    const { body, ...delivery } = visibuildDelivery({ body: JSON.stringify({ id: 'x'.repeat(900) }) })
    const request = requestOf(
      (limits) => readRawBody(streamOf(body as Buffer), limits),
      delivery as typeof genuine,
    )
    const outcome = await receiver.receive(request, () => hasRoom(receiver))
    expect(outcome).toMatchObject({ type: 'processed', result: true })
  })

  test('are counted for `receiver.verify` as well', async () => {
    const receiver = receiverOf()
    await expect(receiver.verify(requestOf(holding(1001)))).rejects.toMatchObject(pending.error)
    await expect(receiver.verify(requestOf(holding(1000)))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
  })

  test('cannot be reserved by a reader that continues after its response', async () => {
    const receiver = receiverOf()
    let late: (() => void) | undefined
    await receiver.receive(
      requestOf(async ({ budget }) => {
        late = () => budget?.take(1)
        return new Uint8Array()
      }),
      () => undefined,
    )
    expect(() => late?.()).toThrow(expect.objectContaining({ code: pending.error.code }))
    expect(await hasRoom(receiver)).toBe(true)
  })

  test.each([
    ['64 MiB', mebibyte, 64 * mebibyte],
    ['twice a larger maxBodyBytes', 50 * mebibyte, 100 * mebibyte],
  ])('are at most %s by default', async (_what, maxBodyBytes, most) => {
    const receiver = createReceiver({ scheme: visibuild(), secret, now: () => nowMs, maxBodyBytes })
    expect(await hasRoom(receiver, most)).toBe(true)
    expect(await hasRoom(receiver, most + 1)).toBe(false)
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1000', 999])(
    'cannot be limited to %j if a body may have 1000',
    (maxPendingBytes) => {
      expect(() => receiverOf({ maxPendingBytes: maxPendingBytes as number })).toThrow(
        expect.objectContaining({
          code: 'ERR_WEBHOOK_OPTION_INVALID',
          message: expect.stringContaining('maxPendingBytes'),
        }),
      )
    },
  )
})

describe('many slow connections', () => {
  const { headers } = visibuildDelivery()
  const head = `POST / HTTP/1.1\r\nhost: test\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}`

  test.each([
    ['of known length', `${head}content-length: 1000\r\n\r\n${'x'.repeat(900)}`],
    ['in one-byte chunks', `${head}transfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(900)}`],
  ])('%s together hold at most maxPendingBytes, and other requests are handled', async (_how, text) => {
    const onRejected = vi.fn()
    const maxPendingBytes = 3200
    const options = { scheme: visibuild(), secret, now: () => nowMs, maxBodyBytes: 1000, onRejected }
    const accept = webhook({ ...options, maxPendingBytes })
    const { port, url } = await serve(async (request, response) => {
      if (await accept(request, response)) response.writeHead(204).end()
    })
    const clients = Array.from({ length: 8 }, () => new RawClient(port).send(text))
    await vi.waitFor(() => expect(onRejected).toHaveBeenCalledTimes(5))
    const refused = clients.filter(({ received }) => received !== '')
    for (const client of refused) {
      const answer = await client.answer()
      expect(answer.status).toBe(503)
      expect(answer.headers.get('connection')).toBe('close')
      expect(answer.headers.get('retry-after')).toBe('10')
    }
    const send = ({ headers, body } = visibuildDelivery()) =>
      fetch(url, { method: 'POST', headers, body: body as Buffer })
    expect((await send()).status).toBe(204)
    for (const { socket } of clients)
      if (!refused.some((client) => client.socket === socket)) socket.destroy()
    await vi.waitFor(() => expect(onRejected).toHaveBeenCalledTimes(8))
    const codes = onRejected.mock.calls.map(([{ code }]) => code.replace('ERR_WEBHOOK_', ''))
    expect(codes).toEqual([...Array(5).fill('BODIES_PENDING'), ...Array(3).fill('BODY_INCOMPLETE')])
    const again = new RawClient(port).send(text)
    await once(again.socket, 'connect')
    expect((await send(visibuildDelivery({ id: 'event-2', deliveryId: 'delivery-2' }))).status).toBe(204)
    expect(again.received).toBe('')
  })
})

function pushOnce(bytes: Buffer): (this: Readable) => void {
  let isPushed = false
  return function push() {
    if (!isPushed) this.push(bytes)
    isPushed = true
  }
}
