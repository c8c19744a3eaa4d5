import { createReceiver, type memoryStore } from '@countersign/core'
import { embeddable } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { fails, setUp, Transaction } from '../support/transactional-receiver.js'
import { neverRuns, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

const statesOf = async (records: ReturnType<typeof memoryStore>) => {
  const states: string[] = []
  for await (const { state } of records.list({
    states: ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed'],
  }))
    states.push(state)
  return states
}

describe('deferred work', () => {
  it('is acked before the answer, and completed when it has ended', async () => {
    const { receiver, records, calls, hooks } = setUp()
    const work = createGate()
    const outcome = await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(work.opened))
    expect([outcome.type, outcome.response.status, outcome.response.body]).toEqual([
      'accepted',
      200,
      '{"status":"accepted"}',
    ])
    expect(await statesOf(records)).toEqual(['acked'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('in-progress')
    work.open()
    await expect.poll(() => hooks).toEqual(['handled'])
    expect(calls).toEqual(['claim', 'acknowledge', 'claim', 'complete'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('duplicate')
  })

  it('keeps its lease until it has ended', async () => {
    const { receiver, clock, records, hooks } = setUp()
    const work = createGate()
    await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(work.opened))
    await clock.advance(10 * 60_000)
    expect(await statesOf(records)).toEqual(['acked'])
    work.open()
    await expect.poll(() => hooks).toEqual(['handled'])
    expect(clock.pendingTimers).toBe(0)
  })

  it('that fails is stored as failed and reported, and its event does not run again automatically', async () => {
    const { receiver, records, calls, hooks } = setUp()
    await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(fails()))
    await expect.poll(() => hooks).toEqual(['failed ERR_WEBHOOK_HANDLER_FAILED'])
    expect(calls).toEqual(['claim', 'acknowledge', 'fail'])
    expect(await statesOf(records)).toEqual(['failed'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('failed-for-good')
  })

  it('that is cut off becomes orphaned', async () => {
    const { receiver, clock, records } = setUp({ maxHandlerMs: 1 })
    await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(new Promise(() => undefined)))
    await clock.advance(30_000)
    expect(await statesOf(records)).toEqual(['orphaned'])
  })

  it('is one success or one failure for any number of promises', async () => {
    const { receiver, calls, hooks } = setUp()
    const slow = createGate()
    await receiver.receive(visibuildDelivery(), (delivery) => {
      delivery.defer(fails())
      delivery.defer(slow.opened)
      delivery.defer(Promise.resolve())
    })
    await new Promise(setImmediate)
    expect(calls).toEqual(['claim', 'acknowledge'])
    slow.open()
    await expect.poll(() => hooks).toEqual(['failed ERR_WEBHOOK_HANDLER_FAILED'])
  })

  it('is passed to waitUntil as a promise that never rejects', async () => {
    const { receiver, hooks } = setUp()
    const kept: Promise<unknown>[] = []
    const request = { ...visibuildDelivery(), waitUntil: (promise: Promise<unknown>) => kept.push(promise) }
    await receiver.receive(request, (delivery) => delivery.defer(fails()))
    expect(kept).toHaveLength(1)
    await kept[0]
    expect(hooks).toEqual(['failed ERR_WEBHOOK_HANDLER_FAILED'])
  })

  it('whose claim cannot be acked is not a success, but is still completed at its end', async () => {
    const { receiver, calls, hooks } = setUp({}, { acknowledge: fails })
    const work = createGate()
    const outcome = await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(work.opened))
    expect([outcome.type, outcome.response.status]).toEqual(['unavailable', 503])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('in-progress')
    work.open()
    await expect.poll(() => hooks).toEqual(['store error ERR_WEBHOOK_STORE_UNAVAILABLE', 'handled'])
    expect(calls.at(-1)).toBe('complete')
  })

  it('whose claim cannot be acked is released when it fails, so that the sender retries', async () => {
    const { receiver, hooks } = setUp({}, { acknowledge: fails })
    await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(fails()))
    await expect.poll(() => hooks).toContain('failed ERR_WEBHOOK_HANDLER_FAILED')
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
  })

  it('whose claim another attempt owns is not a success', async () => {
    const { receiver } = setUp({}, { acknowledge: () => false })
    const outcome = await receiver.receive(visibuildDelivery(), (delivery) =>
      delivery.defer(Promise.resolve()),
    )
    expect(outcome).toMatchObject({
      type: 'handler-failed',
      error: { code: 'ERR_WEBHOOK_LEASE_LOST' },
      response: { status: 500 },
    })
  })

  it('of a handler that fails ends before the event is released', async () => {
    const { receiver, calls } = setUp()
    const work = createGate()
    const failing = receiver.receive(visibuildDelivery(), (delivery) => {
      delivery.defer(work.opened)
      throw new Error('no')
    })
    await new Promise(setImmediate)
    expect(calls).toEqual(['claim'])
    work.open()
    expect((await failing).type).toBe('handler-failed')
    expect(calls).toEqual(['claim', 'release'])
  })

  it('after a committed transaction changes nothing about its completion', async () => {
    const { receiver, records, hooks } = setUp()
    const gate = createGate()
    const outcome = await receiver.receive(visibuildDelivery(), async (delivery) => {
      const transaction = new Transaction()
      await delivery.completeIn(transaction)
      transaction.commit()
      delivery.defer(gate.opened)
    })
    expect(outcome.type).toBe('accepted')
    expect(outcome.response.status).toBe(200)
    gate.open()
    await expect.poll(() => hooks).toEqual(['handled'])
    expect(await statesOf(records)).toEqual(['completed'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('duplicate')
  })

  it('that fails after a committed transaction is reported, and the event stays completed', async () => {
    const { receiver, records, hooks } = setUp()
    const outcome = await receiver.receive(visibuildDelivery(), async (delivery) => {
      const transaction = new Transaction()
      await delivery.completeIn(transaction)
      transaction.commit()
      delivery.defer(Promise.reject(new Error('mail server down')))
    })
    expect(outcome.type).toBe('accepted')
    await expect.poll(() => hooks).toEqual(['failed ERR_WEBHOOK_HANDLER_FAILED'])
    expect(await statesOf(records)).toEqual(['completed'])
  })

  it('can include the transaction: one that is not committed is a failure', async () => {
    const { receiver, records, hooks } = setUp()
    await receiver.receive(visibuildDelivery(), (delivery) =>
      delivery.defer(Promise.resolve(delivery.completeIn(new Transaction()))),
    )
    await expect.poll(() => hooks).toEqual(['failed ERR_WEBHOOK_NOT_COMMITTED'])
    expect(await statesOf(records)).toEqual(['failed'])
  })

  it('is refused after the handler has ended', async () => {
    const { receiver } = setUp()
    const acceptance = await receiver.accept(visibuildDelivery())
    if (!acceptance.accepted) throw new Error('not accepted')
    expect(acceptance.isCompletionDeferred()).toBe(false)
    const settled = acceptance.settle({ ok: true })
    expect(() => acceptance.delivery.defer(Promise.resolve())).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_DEFERRED_TOO_LATE' }),
    )
    expect((await settled).type).toBe('processed')
  })

  it('of a delivery without an identity continues, and stores nothing', async () => {
    const hooks: string[] = []
    const note = (name: string) => () => void hooks.push(name)
    const receiver = createReceiver({
      scheme: embeddable(),
      secret,
      onHandled: note('handled'),
      onFailed: note('failed'),
      onVerified: note('verified'),
      onRejected: note('rejected'),
    })
    const { createHmac } = await import('node:crypto')
    const body = Buffer.from('{"name":"a"}')
    const mac = createHmac('sha256', secret).update(body).digest('hex')
    const request = { method: 'POST', url: '/', headers: { 'x-signature': `sha256=${mac}` }, body }
    const good = await receiver.receive(request, (delivery) => delivery.defer(Promise.resolve()))
    expect(good.type).toBe('accepted')
    await expect.poll(() => hooks).toEqual(['verified', 'handled'])
    await receiver.receive(request, (delivery) => delivery.defer(fails()))
    await expect.poll(() => hooks.at(-1)).toBe('failed')
  })
})
