import { describe, expect, it, vi } from 'vitest'
import { setUp } from '../support/receiver-with-hooks.js'
import { neverRuns, visibuildAttempt, visibuildDelivery } from '../support/visibuild-delivery.js'

describe('a poison event', () => {
  it('is kept as failed and answered 2xx before the tenth failure switches the endpoint off', async () => {
    const { receiver, hooks } = setUp()
    const handler = vi.fn().mockRejectedValue(new Error('always'))
    const statuses: number[] = []
    for (let attempt = 1; attempt <= 10; attempt++) {
      statuses.push((await receiver.receive(visibuildAttempt(attempt), handler)).response.status)
    }
    expect(statuses).toEqual([500, 500, 500, 500, 500, 500, 500, 500, 200, 200])
    expect(handler).toHaveBeenCalledTimes(9)
    const exhausted = hooks.filter(([name]) => name === 'onExhausted')
    expect(exhausted).toHaveLength(1)
    expect(exhausted[0]?.[1]).toMatchObject({
      attempt: 9,
      id: 'delivery-1',
      code: 'ERR_WEBHOOK_HANDLER_FAILED',
    })
    expect(exhausted[0]?.[1]).toHaveProperty('delivery.payload.id', 'event-1')
    expect(JSON.stringify(exhausted[0]?.[1])).not.toContain('"ticket"')
  })

  it('waits for onExhausted before the answer', async () => {
    const order: string[] = []
    const { receiver } = setUp({
      exhaustAfter: 1,
      onExhausted: async () => {
        await Promise.resolve()
        order.push('stored')
      },
    })
    await receiver.receive(visibuildDelivery(), () => Promise.reject(new Error('no')))
    order.push('answered')
    expect(order).toEqual(['stored', 'answered'])
  })

  it('whose authentic payload cannot be read is counted too', async () => {
    const { receiver, hookNames } = setUp()
    const statuses: number[] = []
    for (let attempt = 1; attempt <= 10; attempt++) {
      const outcome = await receiver.receive(visibuildAttempt(attempt, { body: '{"id": ' }), neverRuns)
      statuses.push(outcome.response.status)
    }
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400, 400, 400, 200, 200])
    expect(hookNames().filter((name) => name === 'onExhausted')).toHaveLength(1)
  })

  it('that is still being handled is answered 503 however often it arrives, and no copy counts', async () => {
    const { receiver } = setUp()
    const acceptance = await receiver.accept(visibuildDelivery())
    for (let attempt = 2; attempt <= 10; attempt++) {
      expect((await receiver.receive(visibuildAttempt(attempt), neverRuns)).response.status).toBe(503)
    }
    const outcome = acceptance.accepted ? await acceptance.settle({ ok: false }) : undefined
    expect(outcome?.type).toBe('handler-failed')
    expect(await receiver.receive(visibuildAttempt(2), () => undefined)).toMatchObject({
      type: 'processed',
      delivery: { attempt: 2 },
    })
  })

  it('that is held is answered 2xx before the tenth failure', async () => {
    const { receiver, clock } = setUp({ onExpiredLease: 'hold', maxHandlerMs: 1 })
    await receiver.accept(visibuildDelivery())
    await clock.advance(30_000)
    const statuses: number[] = []
    for (let attempt = 2; attempt <= 10; attempt++) {
      statuses.push((await receiver.receive(visibuildAttempt(attempt), neverRuns)).response.status)
    }
    expect(statuses).toEqual([503, 503, 503, 503, 503, 503, 503, 200, 200])
  })

  it('whose id arrives with other content is answered 2xx before the tenth 409', async () => {
    const { receiver } = setUp({ conflictStatus: 409 })
    await receiver.receive(visibuildDelivery(), () => undefined)
    const statuses: number[] = []
    for (let attempt = 2; attempt <= 10; attempt++) {
      const body = '{"id":"event-1","type":"ticket.created","other":true}'
      const other = visibuildAttempt(attempt, { body })
      statuses.push((await receiver.receive(other, neverRuns)).response.status)
    }
    expect(statuses).toEqual([409, 409, 409, 409, 409, 409, 409, 200, 200])
  })

  it('is retried without end if exhaustAfter is false', async () => {
    const { receiver } = setUp({ exhaustAfter: false })
    for (let attempt = 1; attempt <= 12; attempt++) {
      const { response } = await receiver.receive(visibuildDelivery(), () => Promise.reject(new Error('no')))
      expect(response.status).toBe(500)
    }
  })

  it('reports its last attempt to an adapter beforehand', async () => {
    const { receiver } = setUp({ exhaustAfter: 2 })
    const first = await receiver.accept(visibuildDelivery())
    if (!first.accepted) return expect.unreachable()
    expect(first.isLastAttempt).toBe(false)
    await first.settle({ ok: false })
    const second = await receiver.accept(visibuildAttempt(2))
    if (!second.accepted) return expect.unreachable()
    expect(second.isLastAttempt).toBe(true)
  })

  it('does not lose attempts to copies of one attempt, nor to copies that arrive while it runs', async () => {
    const { receiver } = setUp()
    const attempts: number[] = []
    const failing = ({ attempt }: { attempt: number }) => {
      attempts.push(attempt)
      return Promise.reject(new Error('down'))
    }
    const running = await receiver.accept(visibuildAttempt(1))
    for (let copy = 0; copy < 20; copy++)
      expect((await receiver.receive(visibuildAttempt(1), neverRuns)).type).toBe('in-progress')
    if (running.accepted) expect((await running.settle({ ok: false })).type).toBe('handler-failed')
    for (let copy = 0; copy < 20; copy++) {
      const { type } = await receiver.receive(visibuildAttempt(1 + (copy % 2)), failing)
      expect(type).toBe('handler-failed')
    }
    expect(new Set(attempts)).toEqual(new Set([1, 2]))
    expect((await receiver.receive(visibuildAttempt(3), () => undefined)).type).toBe('processed')
  })
})
