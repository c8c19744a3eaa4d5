import { createHmac } from 'node:crypto'
import { createReceiver, memoryStore } from '@countersign/core'
import { embeddable } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { fails, setUp, Transaction, transactionalStore } from '../support/transactional-receiver.js'
import {
  neverRuns,
  nowMs,
  secret,
  visibuildAttempt,
  visibuildDelivery,
} from '../support/visibuild-delivery.js'

describe("a completion in the handler's own transaction", () => {
  it('is written by the transaction; the receiver only reads the result', async () => {
    const { receiver, calls, hooks } = setUp()
    const outcome = await receiver.receive(visibuildDelivery(), async (delivery) => {
      const transaction = new Transaction()
      await delivery.completeIn(transaction)
      transaction.commit()
    })
    expect([outcome.type, outcome.response.status]).toEqual(['processed', 200])
    expect(calls).toEqual(['claim'])
    expect(hooks).toEqual(['handled'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('duplicate')
  })

  it('is synchronous if the store is, so that a synchronous transaction can contain it', async () => {
    const { receiver } = setUp()
    await receiver.receive(visibuildDelivery(), (delivery) => {
      const transaction = new Transaction()
      expect(delivery.completeIn(transaction)).toBeUndefined()
      transaction.commit()
    })
  })

  it('that was rolled back is a failure even if the handler returned: the next attempt runs', async () => {
    const { receiver, calls, hooks } = setUp()
    const rolledBack = await receiver.receive(visibuildDelivery(), (delivery) =>
      delivery.completeIn(new Transaction()),
    )
    expect(rolledBack).toMatchObject({
      type: 'handler-failed',
      error: { code: 'ERR_WEBHOOK_NOT_COMMITTED' },
      response: { status: 500 },
    })
    expect(calls).toEqual(['claim', 'release'])
    expect(hooks).toEqual(['failed ERR_WEBHOOK_NOT_COMMITTED'])
    const again = await receiver.receive(visibuildAttempt(2), () => undefined)
    expect(again).toMatchObject({ type: 'processed', delivery: { attempt: 2 } })
  })

  it('whose failure the handler swallowed is never completed afterwards', async () => {
    const { receiver, calls } = setUp({}, { completeIn: fails })
    const { type } = await receiver.receive(visibuildDelivery(), async (delivery) => {
      await Promise.resolve(delivery.completeIn(new Transaction())).catch(() => undefined)
    })
    expect(type).toBe('handler-failed')
    expect(calls).toEqual(['claim', 'release'])
  })

  it('that cannot be read is a failure, and nothing is released: the claim ends with its lease', async () => {
    const { receiver, calls, hooks } = setUp({}, { isCompleted: fails })
    const outcome = await receiver.receive(visibuildDelivery(), async (delivery) => {
      const transaction = new Transaction()
      await delivery.completeIn(transaction)
      transaction.commit()
    })
    expect([outcome.type, outcome.response.status]).toEqual(['handler-failed', 500])
    expect(calls).toEqual(['claim'])
    expect(hooks).toEqual(['store error ERR_WEBHOOK_STORE_UNAVAILABLE', 'failed ERR_WEBHOOK_NOT_COMMITTED'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('duplicate')
  })

  it('remains when the handler fails after its commit: the retry is a duplicate', async () => {
    const { receiver, calls, hooks } = setUp()
    const outcome = await receiver.receive(visibuildDelivery(), async (delivery) => {
      const transaction = new Transaction()
      await delivery.completeIn(transaction)
      transaction.commit()
      throw new Error('the mail could not be sent')
    })
    expect(outcome.type).toBe('handler-failed')
    expect(calls).toEqual(['claim'])
    expect(hooks).toEqual(['failed ERR_WEBHOOK_HANDLER_FAILED'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('duplicate')
  })

  it('is refused if another attempt owns the event, so that the handler rolls back', async () => {
    const { receiver, clock } = setUp({ maxHandlerMs: 1 })
    const tookOver = createGate()
    const first = receiver.receive(visibuildDelivery(), async (delivery) => {
      await tookOver.opened
      await delivery.completeIn(new Transaction())
    })
    await clock.advance(30_000)
    const second = await receiver.accept(visibuildDelivery())
    expect(second.accepted).toBe(true)
    tookOver.open()
    expect(await first).toMatchObject({
      type: 'handler-failed',
      error: { cause: { code: 'ERR_WEBHOOK_LEASE_LOST' } },
    })
    if (second.accepted) expect((await second.settle({ ok: true })).type).toBe('processed')
  })

  it('is a configuration error with a store that has no transactions', async () => {
    const { receiver } = setUp({ store: memoryStore() })
    const outcome = await receiver.receive(visibuildDelivery(), (delivery) =>
      delivery.completeIn(new Transaction()),
    )
    expect(outcome).toMatchObject({
      type: 'handler-failed',
      error: { cause: { code: 'ERR_WEBHOOK_STORE_NOT_TRANSACTIONAL' } },
    })
  })

  it('is refused if nothing identifies the delivery', async () => {
    const { store } = transactionalStore(createFakeClock({ now: nowMs }))
    const receiver = createReceiver({ endpoint: 'forms', scheme: embeddable(), secret, store })
    const mac = createHmac('sha256', secret).update('{}').digest('hex')
    const request = {
      method: 'POST',
      url: '/',
      headers: { 'x-signature': `sha256=${mac}` },
      body: Buffer.from('{}'),
    }
    expect(
      await receiver.receive(request, (delivery) => delivery.completeIn(new Transaction())),
    ).toMatchObject({
      type: 'handler-failed',
      error: { cause: { code: 'ERR_WEBHOOK_NOT_CLAIMED' } },
    })
  })

  it('is refused if the store was down', async () => {
    const { receiver } = setUp({ onStoreDown: 'run' }, { claim: fails })
    const outcome = await receiver.receive(visibuildDelivery(), (delivery) =>
      delivery.completeIn(new Transaction()),
    )
    expect(outcome).toMatchObject({
      type: 'handler-failed',
      error: { cause: { code: 'ERR_WEBHOOK_NOT_CLAIMED' } },
    })
  })
})
