import {
  createReceiver,
  type DedupeStore,
  type DeliveryRecord,
  memoryStore,
  type ReceiverOptions,
  WebhookPermanentError,
} from '@countersign/core'
import { github, visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { describe, expect, it } from 'vitest'
import { readAll } from '../../../test/support/read-all.js'
import { secret, visibuildDelivery } from './support/visibuild-delivery.js'

const allStates = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed'] as const

function setUp(options: Partial<ReceiverOptions> = {}) {
  const store = memoryStore()
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    store,
    onWarning: () => undefined,
    onFailed: () => undefined,
    onExhausted: () => undefined,
    onStoreError: () => undefined,
    ...options,
  } as ReceiverOptions)
  /** What an operator sees; replays of signed content have a record of their own, which says nothing. */
  const records = async (): Promise<DeliveryRecord[]> => {
    const all = await readAll(store.list({ states: allStates }))
    return all.filter(({ key }) => !key.includes('"replay"'))
  }
  return { store, receiver, records }
}

/** The sender's attempt of this number, a second after the one before. */
function delivery({ body, number = 1 }: { readonly body?: string; readonly number?: number } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) + number - 1)
  return visibuildDelivery({ timestamp, ...(body !== undefined && { body }) })
}

const attempt = (number: number) => delivery({ number })

const fails = () => {
  throw new Error('the database is down')
}

describe('after a failed attempt the record says', () => {
  it('which event failed, why, and how often it ran', async () => {
    const { receiver, records } = setUp()
    for (const number of [1, 2]) await receiver.receive(attempt(number), fails)
    expect(await records()).toMatchObject([
      {
        state: 'free',
        event: 'ticket.created',
        attempts: 2,
        copies: 0,
        lastCode: 'ERR_WEBHOOK_HANDLER_FAILED',
        sinceMs: expect.any(Number),
      },
    ])
  })

  it('that it failed for good, and how many copies came since', async () => {
    const { receiver, records } = setUp()
    await receiver.receive(delivery(), () => {
      throw new WebhookPermanentError('no such customer')
    })
    for (let copy = 0; copy < 3; copy++) await receiver.receive(delivery(), fails)
    expect(await records()).toMatchObject([
      { state: 'failed', attempts: 1, copies: 3, lastCode: 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD' },
    ])
  })

  it('why an event was given up before the sender would switch the endpoint off', async () => {
    const { receiver, records } = setUp({ exhaustAfter: 2 })
    for (const number of [1, 2, 3]) await receiver.receive(attempt(number), fails)
    expect(await records()).toMatchObject([
      { state: 'failed', attempts: 2, copies: 1, lastCode: 'ERR_WEBHOOK_HANDLER_FAILED' },
    ])
  })

  it('why an authentic payload could not be read', async () => {
    const { receiver, records } = setUp({ exhaustAfter: 2 })
    await receiver.receive(delivery({ body: '{' }), fails)
    expect(await records()).toMatchObject([
      { state: 'free', attempts: 1, lastCode: 'ERR_WEBHOOK_PAYLOAD_MALFORMED' },
    ])
  })

  it('that the store answered too late, and no code once the event is done', async () => {
    const slow = memoryStore()
    let delayMs = 50
    const store: DedupeStore = Object.assign(Object.create(slow), {
      claim: async (request: Parameters<typeof slow.claim>[0]) => {
        await new Promise((resolve) => setTimeout(resolve, delayMs))
        return slow.claim(request)
      },
    })
    for (const operation of ['extend', 'complete', 'release', 'fail', 'forget', 'list', 'count'] as const)
      Object.assign(store, { [operation]: (slow[operation] as () => unknown).bind(slow) })
    const { receiver } = setUp({ store, storeTimeoutMs: 10 })
    expect(await receiver.receive(attempt(1), fails)).toMatchObject({ type: 'unavailable' })
    const seen = async () => (await readAll(slow.list({ states: allStates })))[0]
    await expect
      .poll(seen)
      .toMatchObject({ state: 'free', attempts: 1, lastCode: 'ERR_WEBHOOK_STORE_TIMEOUT' })
    delayMs = 0
    expect(await receiver.receive(attempt(2), () => {})).toMatchObject({ type: 'processed' })
    expect(await seen()).toMatchObject({ state: 'completed', attempts: 2, lastCode: undefined })
  })

  it('no more than 200 characters of a name, and never half of one', async () => {
    const sender = createSender({ scheme: github(), secret })
    for (const [name, kept] of [
      ['x'.repeat(500), 'x'.repeat(200)],
      ['y'.repeat(200), 'y'.repeat(200)],
    ] as const) {
      const { receiver, records } = setUp({ scheme: github() })
      await receiver.receive(sender.sign({ body: '{}', event: name }), fails)
      expect((await records()).map(({ event }) => event)).toEqual([kept])
    }
    const { receiver, records } = setUp()
    const body = JSON.stringify({ id: 'a', type: `${'x'.repeat(199)}🎫`, data: {} })
    await receiver.receive(delivery({ body }), fails)
    expect((await records()).map(({ event }) => event)).toEqual(['x'.repeat(199)])
  })
})
