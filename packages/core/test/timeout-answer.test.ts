import { createReceiver, memoryStore, type ReceiverOptions } from '@countersign/core'
import { webhook } from '@countersign/core/fetch'
import { visibuild } from '@countersign/core/schemes'
import { expect, test } from 'vitest'
import { nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

const receiver = (options: Partial<ReceiverOptions> = {}) =>
  createReceiver({ scheme: visibuild(), secret, now: () => nowMs, store: memoryStore(), ...options })

async function endWith(status: number | undefined, options: Partial<ReceiverOptions>) {
  const tickets = receiver(options)
  const acceptance = await tickets.accept(visibuildDelivery())
  if (!acceptance.accepted) throw new Error('not accepted')
  await acceptance.settle({ ok: false, status })
  return (await tickets.receive(visibuildDelivery(), () => undefined)).type
}

test.each([
  [408, 'in-progress'],
  [503, 'in-progress'],
  [504, 'in-progress'],
  [500, 'processed'],
  [429, 'processed'],
  [undefined, 'processed'],
] as const)("with 'keep-lease', after a response of %s the next attempt is %s", async (status, next) => {
  expect(await endWith(status, { onTimeoutAnswer: 'keep-lease' })).toBe(next)
})

test('by default each of these statuses releases the claim', async () => {
  for (const status of [408, 503, 504]) expect(await endWith(status, {})).toBe('processed')
})

test('a response that a handler returns counts by its status', async () => {
  const options = { scheme: visibuild(), secret, now: () => nowMs, onTimeoutAnswer: 'keep-lease' as const }
  const receive = webhook(options, () => new Response(null, { status: 504 }))
  const { method, headers, body } = visibuildDelivery()
  const send = () =>
    receive(new Request('http://test/hook', { method, headers: headers as never, body: body as never }))
  expect((await send()).status).toBe(504)
  expect(await (await send()).json()).toEqual({ status: 'in-progress' })
})

test('any other value is refused', () => {
  expect(() => receiver({ onTimeoutAnswer: 'keep' as never })).toThrow(
    /onTimeoutAnswer must be one of release, keep-lease/,
  )
})
