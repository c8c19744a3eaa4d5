import { createReceiver, memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { expect, it } from 'vitest'
import { neverRuns, nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

it('a million forged deliveries, each with its own id, leave a store empty', {
  timeout: 120_000,
}, async () => {
  const records = memoryStore()
  let calls = 0
  const store = new Proxy(records, {
    get(target, name) {
      const value = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      calls++
      return value.bind(target)
    },
  })
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    store,
    now: () => nowMs,
  })
  // Making the receiver looks at the store.
  calls = 0

  const { headers, url, method } = visibuildDelivery({ signWith: 'another secret of thirty-two bytes' })
  const refused = new Map<string, number>()
  for (let id = 0; id < 1_000_000; id++) {
    const outcome = await receiver.receive(
      {
        method,
        url,
        headers: { ...headers, 'x-visibuild-delivery': `delivery-${id}` },
        body: Buffer.from(`{"id":"event-${id}","type":"ticket.created"}`),
      },
      neverRuns,
    )
    const { status } = outcome.response
    refused.set(`${outcome.type} ${status}`, (refused.get(`${outcome.type} ${status}`) ?? 0) + 1)
  }
  expect([...refused]).toEqual([['refused 401', 1_000_000]])
  expect(calls).toBe(0)
  expect(records.size).toBe(0)

  // The same receiver does write what is genuine.
  expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
  expect([calls, records.size]).toEqual([2, 1])
})
