import { setTimeout as sleep } from 'node:timers/promises'
import { verify } from '@countersign/core'
import { embeddable } from '@countersign/core/schemes'
import { describe, expect, test } from 'vitest'
import { code, mac, now, options as visibuildOptions } from '../support/requests.js'
import { secret, visibuildDelivery } from '../support/visibuild-delivery.js'

const options = { scheme: embeddable(), secret, now }
const text = JSON.stringify({ id: 'e-1', type: 'ticket.created' })
const signed = (body: Uint8Array | (() => Promise<Uint8Array>), of = text) => ({
  method: 'POST',
  url: '/',
  headers: { 'x-signature': `sha256=${mac(of).digest('hex')}` },
  body,
})

/** As ES2024 has it. */
type Resizable = ArrayBuffer & { resize(length: number): void }
const resizable = () =>
  Reflect.construct(ArrayBuffer, [text.length, { maxByteLength: 4096 }]) as unknown as Resizable

/** The same bytes in another kind of memory. */
function copyInto<T extends ArrayBufferLike>(buffer: T): Uint8Array<T> {
  const view = new Uint8Array(buffer, 0, text.length)
  view.set(Buffer.from(text))
  return view
}

class Chunk extends Uint8Array {
  override subarray(): Uint8Array<ArrayBuffer> {
    throw new Error('not used')
  }
}

describe('the memory of a body', () => {
  test.each([
    ['a buffer of its own', () => copyInto(new ArrayBuffer(text.length))],
    ['a part of a larger buffer', () => Buffer.concat([Buffer.from('x'), Buffer.from(text)]).subarray(1)],
    ['a subclass of Uint8Array', () => Chunk.from(Buffer.from(text))],
    ['shared memory', () => copyInto(new SharedArrayBuffer(text.length))],
    ['memory that can be resized', () => copyInto(resizable())],
  ])('may be %s', async (_, bytes) => {
    const { payload, rawBody } = await verify(signed(bytes()), options)
    expect(payload).toEqual(JSON.parse(text))
    expect(Buffer.from(rawBody).toString()).toBe(text)
  })

  test('that was detached holds no bytes, so it is refused', async () => {
    const bytes = copyInto(new ArrayBuffer(text.length))
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    await expect(verify(signed(bytes), options)).rejects.toThrow(code('SIGNATURE_MISMATCH'))
  })

  test('that shrank or grew is what it is now, so it is refused', async () => {
    for (const length of [0, 5, 4096]) {
      const buffer = resizable()
      const bytes = new Uint8Array(buffer)
      bytes.set(Buffer.from(text))
      buffer.resize(length)
      await expect(verify(signed(bytes), options)).rejects.toThrow(code('SIGNATURE_MISMATCH'))
    }
  })

  test('that is shared is copied before it is verified: what another thread writes later changes nothing', async () => {
    const shared = copyInto(new SharedArrayBuffer(text.length))
    const { payload, rawBody } = await verify(signed(shared), options)
    shared.fill(0x20)
    expect(rawBody.buffer).not.toBe(shared.buffer)
    expect(Buffer.from(rawBody).toString()).toBe(text)
    expect(payload).toEqual(JSON.parse(text))
  })
})

test('bodies that arrive interleaved are each verified with their own bytes', async () => {
  const texts = Array.from({ length: 200 }, (_, index) =>
    JSON.stringify({ id: `e-${index}`, rest: '.'.repeat((index * 97) % 20_000) }),
  )
  const results = await Promise.all(
    texts.map(async (own, index) => {
      const isForged = index % 3 === 0
      const body = async () => {
        await sleep((index * 7) % 5)
        return Buffer.from(isForged ? own.replace('e-', 'f-') : own)
      }
      return verify(signed(body, own), options).then(
        ({ payload }) => (payload as { id: string }).id,
        (error: { code: string }) => error.code,
      )
    }),
  )
  expect(results).toEqual(
    texts.map((_, index) => (index % 3 === 0 ? 'ERR_WEBHOOK_SIGNATURE_MISMATCH' : `e-${index}`)),
  )
})

describe('an idempotency key with the digest of the body', () => {
  // Without an id in the body, the header's id and the body's digest identify the delivery.
  const verified = () => verify(visibuildDelivery({ body: '{"type":"ticket.created"}' }), visibuildOptions)

  test('is an own field, whether it is read, copied, serialised or cloned first', async () => {
    const { idempotencyKey } = await verified()
    expect(idempotencyKey).toContain('delivery-1')
    expect({ ...(await verified()) }.idempotencyKey).toBe(idempotencyKey)
    expect(JSON.parse(JSON.stringify(await verified())).idempotencyKey).toBe(idempotencyKey)
    expect(structuredClone(await verified()).idempotencyKey).toBe(idempotencyKey)
    expect(Object.keys(await verified())).toContain('idempotencyKey')
    expect(Object.assign(await verified(), { attempt: 1 }).idempotencyKey).toBe(idempotencyKey)
  })

  test('stays the same when it is read again', async () => {
    const delivery = await verified()
    const { idempotencyKey } = delivery
    delivery.rawBody.fill(0)
    expect(delivery.idempotencyKey).toBe(idempotencyKey)
  })
})
