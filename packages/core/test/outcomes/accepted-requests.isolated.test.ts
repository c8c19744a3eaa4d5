import { createReceiver, type ReceiverOptions } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { expect, test, vi } from 'vitest'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

const request = () => ({ ...visibuildDelivery(), source: {} })

function receiver(endpoint: string, options: Partial<ReceiverOptions> = {}, create = createReceiver) {
  return create({ endpoint, scheme: visibuild(), secret, now: () => nowMs, ...options })
}

test('a request that was accepted is refused by every further receiver, each time, with the fix', async () => {
  const onWarning = vi.fn()
  const second = receiver('second', { onWarning })
  for (const given of [request(), request()]) {
    expect((await receiver('first').accept(given)).accepted).toBe(true)
    const acceptance = await second.accept(given)
    expect(acceptance).toMatchObject({
      accepted: false,
      outcome: {
        type: 'misconfigured',
        response: { status: 500 },
        error: { code: 'ERR_WEBHOOK_VERIFIED_TWICE' },
      },
    })
  }
  expect(onWarning.mock.calls).toEqual(
    Array(2).fill([expect.stringMatching(/"second".*mounted twice on this path.*remove one/)]),
  )
})

test('the same receiver does not treat a request that it has accepted as a copy', async () => {
  const same = receiver('same', { onWarning: () => undefined })
  const given = request()
  await same.accept(given)
  expect(await same.receive(given, () => undefined)).toMatchObject({ type: 'misconfigured' })
})

test('another copy of the package refuses it too', async () => {
  vi.resetModules()
  const copy = await import('@countersign/core')
  expect(copy.createReceiver).not.toBe(createReceiver)
  const given = request()
  await receiver('here').receive(given, () => undefined)
  const there = receiver('there', { onWarning: () => undefined }, copy.createReceiver)
  expect(await there.receive(given, () => undefined)).toMatchObject({
    error: { code: 'ERR_WEBHOOK_VERIFIED_TWICE' },
  })
})

test('a receiver that explains its refusals sees it too', async () => {
  vi.stubEnv('NODE_ENV', 'development')
  const explaining = receiver('explaining', { explain: true, onWarning: () => undefined })
  vi.unstubAllEnvs()
  const given = request()
  expect((await explaining.accept(given)).accepted).toBe(true)
  expect(await explaining.accept(given)).toMatchObject({ outcome: { type: 'misconfigured' } })
})

test.each<[string, Partial<ReceiverOptions>]>([
  ['refused', { secret: 'another-secret-of-the-sender-0123' }],
  ['ignored', { events: ['another.event'] }],
])('a request that a receiver has %s may go to another one', async (type, options) => {
  const given = request()
  expect(await receiver('first', options).receive(given, () => undefined)).toMatchObject({ type })
  expect(await receiver('second').receive(given, () => undefined)).toMatchObject({ type: 'processed' })
})

test('without a source, a request that is passed again is a repetition', async () => {
  const tickets = receiver('tickets')
  const delivery = visibuildDelivery()
  await tickets.receive(delivery, () => undefined)
  expect(await tickets.receive(delivery, () => undefined)).toMatchObject({ type: 'duplicate' })
})
