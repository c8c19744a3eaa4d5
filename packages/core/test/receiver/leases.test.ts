import { createReceiver, type FailureInfo, WebhookPermanentError } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'
import { hangs, setUp } from '../support/receiver-with-hooks.js'
import { neverRuns, nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

describe('the lease of a running handler', () => {
  it('is renewed, so that a slow handler keeps its event', async () => {
    const { receiver, clock } = setUp()
    let finish = () => {}
    const running = receiver.receive(
      visibuildDelivery(),
      () => new Promise<void>((resolve) => (finish = resolve)),
    )
    await clock.advance(120_000)
    expect(
      (await receiver.receive(visibuildDelivery({ timestamp: String(nowMs / 1000 + 120) }), neverRuns)).type,
    ).toBe('in-progress')
    finish()
    expect((await running).type).toBe('processed')
  })

  it('is renewed for at most maxHandlerMs; then the signal is aborted and another attempt may run', async () => {
    const onFailed = vi.fn<(info: FailureInfo) => void>()
    const { receiver, clock } = setUp({ maxHandlerMs: 60_000, onFailed })
    let signal: AbortSignal | undefined
    let finish = () => {}
    const running = receiver.receive(visibuildDelivery(), (delivery) => {
      signal = delivery.signal
      return new Promise<void>((resolve) => (finish = resolve))
    })
    await clock.advance(59_000)
    expect(signal?.aborted).toBe(false)
    await clock.advance(1_000)
    expect(signal?.aborted).toBe(true)
    expect(signal?.reason).toMatchObject({ code: 'ERR_WEBHOOK_HANDLER_TIMEOUT' })
    expect(onFailed.mock.calls.map(([{ code, attempt }]) => [code, attempt])).toEqual([
      ['ERR_WEBHOOK_HANDLER_TIMEOUT', 1],
    ])
    const again = await receiver.receive(
      visibuildDelivery({ timestamp: String(nowMs / 1000 + 60) }),
      () => 'second',
    )
    expect(again.type).toBe('processed')
    finish()
    expect((await running).response.status).toBe(200)
  })

  it('that ended with onExpiredLease: hold is held, answered 503 and never run automatically', async () => {
    const { receiver, clock } = setUp({ onExpiredLease: 'hold', maxHandlerMs: 10_000 })
    void receiver.receive(visibuildDelivery(), hangs)
    await clock.advance(60_000)
    const held = await receiver.receive(
      visibuildDelivery({ timestamp: String(nowMs / 1000 + 60) }),
      neverRuns,
    )
    expect([held.type, held.response.status]).toEqual(['held', 503])
  })

  it('does not end when the wall clock is set', async () => {
    const { receiver, clock } = setUp()
    void receiver.receive(visibuildDelivery(), hangs)
    clock.jump(200_000)
    const copy = await receiver.receive(
      visibuildDelivery({ timestamp: String(nowMs / 1000 + 200) }),
      neverRuns,
    )
    expect(copy.type).toBe('in-progress')
  })

  it('must be shorter than the time of the last retry', () => {
    const scheme = visibuild({ retries: [0, 10] })
    expect(() => createReceiver({ scheme, secret, leaseMs: 10_000 })).toThrow(/leaseMs/)
  })

  it('leaves no timer behind when the handler has ended', async () => {
    const { receiver, clock } = setUp()
    await receiver.receive(visibuildDelivery(), () => undefined)
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('an owner that returns after its lease', () => {
  it('is answered 2xx for its success, and leaves the new owner alone', async () => {
    const { receiver, clock, hookNames } = setUp({ maxHandlerMs: 10_000 })
    const old = await receiver.accept(visibuildDelivery())
    await clock.advance(60_000)
    const later = visibuildDelivery({ timestamp: String(nowMs / 1000 + 60) })
    const current = await receiver.accept(later)
    if (!old.accepted || !current.accepted) return expect.unreachable()
    expect((await old.settle({ ok: true })).response.status).toBe(200)
    expect(hookNames()).toContain('onStoreError')
    expect((await receiver.receive(later, neverRuns)).type).toBe('in-progress')
    expect((await current.settle({ ok: false })).type).toBe('handler-failed')
    expect((await receiver.receive(later, () => undefined)).type).toBe('processed')
  })

  it('makes the sender retry if its permanent failure cannot be stored', async () => {
    const { receiver, clock } = setUp({ maxHandlerMs: 10_000 })
    const old = await receiver.accept(visibuildDelivery())
    await clock.advance(60_000)
    await receiver.accept(visibuildDelivery({ timestamp: String(nowMs / 1000 + 60) }))
    if (!old.accepted) return expect.unreachable()
    const outcome = await old.settle({ ok: false, error: new WebhookPermanentError('no such customer') })
    expect([outcome.type, outcome.response.status]).toEqual(['handler-failed', 500])
  })

  it('settles once, however often settle is called', async () => {
    const { receiver, hookNames } = setUp()
    const acceptance = await receiver.accept(visibuildDelivery())
    if (!acceptance.accepted) return expect.unreachable()
    const outcomes = await Promise.all([acceptance.settle({ ok: true }), acceptance.settle({ ok: false })])
    expect(outcomes.map(({ type }) => type)).toEqual(['processed', 'processed'])
    expect(hookNames().filter((name) => name === 'onHandled')).toHaveLength(1)
  })
})

it('passes the sender’s deadline to the handler, counted from the start of the request', async () => {
  const { receiver, clock } = setUp()
  const request = visibuildDelivery()
  const body = async () => {
    await clock.advance(4_000)
    return request.body as Uint8Array
  }
  await receiver.receive({ ...request, body }, ({ deadline }) => expect(deadline).toBe(nowMs + 30_000))
  expect.assertions(1)
})
