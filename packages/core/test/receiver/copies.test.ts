import { WebhookPermanentError } from '@countersign/core'
import { describe, expect, it, vi } from 'vitest'
import { setUp } from '../support/receiver-with-hooks.js'
import { neverRuns, visibuildAttempt, visibuildDelivery } from '../support/visibuild-delivery.js'

describe('a delivery and its copies', () => {
  it('is handled once, and its copy is answered as a duplicate', async () => {
    const { receiver, hookNames } = setUp()
    const handler = vi.fn()
    const first = await receiver.receive(visibuildDelivery(), handler)
    const second = await receiver.receive(visibuildDelivery({ deliveryId: 'delivery-2' }), handler)
    expect([first.type, first.response.status]).toEqual(['processed', 200])
    expect([second.type, second.response.status]).toEqual(['duplicate', 200])
    expect(handler).toHaveBeenCalledTimes(1)
    expect(hookNames()).toEqual(['onVerified', 'onHandled', 'onVerified', 'onDuplicate'])
  })

  it('is handled again after its handler failed', async () => {
    const { receiver, hookNames } = setUp()
    const handler = vi.fn().mockRejectedValueOnce(new Error('database is away'))
    const first = await receiver.receive(visibuildAttempt(1), handler)
    const second = await receiver.receive(visibuildAttempt(2), handler)
    expect([first.type, first.response.status]).toEqual(['handler-failed', 500])
    expect([second.type, second.response.status]).toEqual(['processed', 200])
    expect(handler.mock.calls.map(([delivery]) => delivery.attempt)).toEqual([1, 2])
    expect(hookNames()).toContain('onFailed')
  })

  it('never sends its handler’s error to the sender', async () => {
    const { receiver } = setUp()
    const { response } = await receiver.receive(visibuildDelivery(), () => {
      throw new Error('password=hunter2')
    })
    expect(JSON.stringify(response)).not.toContain('hunter2')
  })

  it('is answered 503 with Retry-After while the first copy is being handled', async () => {
    const { receiver } = setUp()
    let finish = () => {}
    const running = receiver.receive(
      visibuildDelivery(),
      () => new Promise<void>((resolve) => (finish = resolve)),
    )
    const copy = await vi.waitFor(() => receiver.receive(visibuildDelivery(), neverRuns))
    expect([copy.type, copy.response.status]).toEqual(['in-progress', 503])
    expect(Number(copy.response.headers['retry-after'])).toBeGreaterThan(0)
    finish()
    expect((await running).type).toBe('processed')
  })

  it('may be answered 409 while in progress, by option', async () => {
    const { receiver } = setUp({ inProgressStatus: 409 })
    const acceptance = await receiver.accept(visibuildDelivery())
    expect(acceptance.accepted).toBe(true)
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).response.status).toBe(409)
  })

  it('is handled after the lease of a crashed attempt ends, not before', async () => {
    // A process that is gone renews nothing, just as one whose time for renewals is over.
    const { receiver, clock } = setUp({ maxHandlerMs: 1 })
    expect((await receiver.accept(visibuildDelivery())).accepted).toBe(true)
    await clock.advance(29_999)
    const handler = vi.fn()
    const before = await receiver.receive(visibuildDelivery(), handler)
    expect(before).toMatchObject({ type: 'in-progress', response: { headers: { 'retry-after': '1' } } })
    await clock.advance(1)
    expect((await receiver.receive(visibuildAttempt(2), handler)).type).toBe('processed')
    expect(handler.mock.calls[0]?.[0].attempt).toBe(2)
  })

  it('with the same id and another body is reported, and not handled', async () => {
    const { receiver, hookNames } = setUp()
    await receiver.receive(visibuildDelivery(), () => undefined)
    const other = visibuildDelivery({
      body: JSON.stringify({ id: 'event-1', type: 'ticket.created', other: true }),
    })
    const conflict = await receiver.receive(other, neverRuns)
    expect([conflict.type, conflict.response.status]).toEqual(['conflict', 200])
    expect(hookNames()).toContain('onConflict')
  })

  it('with the same id and another body may be answered 409, by option', async () => {
    const { receiver } = setUp({ conflictStatus: 409 })
    await receiver.receive(visibuildDelivery(), () => undefined)
    const other = visibuildDelivery({
      body: JSON.stringify({ id: 'event-1', type: 'ticket.created', other: true }),
    })
    expect((await receiver.receive(other, neverRuns)).response.status).toBe(409)
  })

  it('is handled once among 100 concurrent copies', async () => {
    const { receiver } = setUp()
    const handler = vi.fn()
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => receiver.receive(visibuildDelivery(), handler)),
    )
    expect(handler).toHaveBeenCalledTimes(1)
    expect(outcomes.filter(({ type }) => type === 'processed')).toHaveLength(1)
  })

  it('that is not among the wanted events is ignored with a 2xx', async () => {
    const { receiver } = setUp({ events: ['ticket.archived'] })
    const ignored = await receiver.receive(visibuildDelivery(), neverRuns)
    expect([ignored.type, ignored.response.status]).toEqual(['ignored', 200])
  })

  it('that failed permanently is kept, answered 2xx and not handled again', async () => {
    const { receiver } = setUp()
    const handler = vi.fn().mockRejectedValue(new WebhookPermanentError('no such customer'))
    const first = await receiver.receive(visibuildDelivery(), handler)
    const second = await receiver.receive(visibuildDelivery(), handler)
    expect([first.type, first.response.status]).toEqual(['failed-for-good', 200])
    expect([second.type, second.response.status]).toEqual(['failed-for-good', 200])
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('can be forgotten by the operator, and then runs again', async () => {
    const { receiver, store } = setUp()
    const handler = vi.fn()
    await receiver.receive(visibuildDelivery(), handler)
    const key = handler.mock.calls[0]?.[0].idempotencyKey
    await store.forget({ key })
    expect((await receiver.receive(visibuildDelivery(), handler)).type).toBe('processed')
  })
})
