import {
  type ClaimResult,
  createReceiver,
  type DedupeStore,
  type FailureInfo,
  type HookInfo,
  memoryStore,
  type ReceiverOptions,
  WebhookPermanentError,
} from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  neverRuns,
  nowMs,
  secret,
  visibuildAttempt,
  visibuildDelivery,
} from './support/visibuild-delivery.js'

/** A receiver on a clock of its own, that notes which hooks were called. */
function setUp(options: Partial<ReceiverOptions<VisibuildEvent>> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const store = memoryStore({ now: () => clock.monotonic() })
  const hooks: (readonly [name: string, info: HookInfo])[] = []
  const note = (name: string) => (info: HookInfo) => void hooks.push([name, info])
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    store,
    clock,
    onVerified: note('onVerified'),
    onRejected: note('onRejected'),
    onDuplicate: note('onDuplicate'),
    onConflict: note('onConflict'),
    onHandled: note('onHandled'),
    onFailed: note('onFailed'),
    onExhausted: note('onExhausted'),
    onStoreError: note('onStoreError'),
    onWarning: () => undefined,
    ...options,
  })
  return { receiver, clock, store, hooks, hookNames: () => hooks.map(([name]) => name) }
}

/** A memory store with some operations replaced. */
function storeWith(replaced: Partial<DedupeStore>): DedupeStore {
  const store = memoryStore()
  const whole: DedupeStore = {
    name: 'faulty',
    shared: false,
    claim: (request) => store.claim(request),
    extend: (request) => store.extend(request),
    acknowledge: (request) => store.acknowledge(request),
    complete: (request) => store.complete(request),
    release: (request) => store.release(request),
    fail: (request) => store.fail(request),
    forget: (request) => store.forget(request),
  }
  return { ...whole, ...replaced }
}

const fails = () => Promise.reject(new Error('connection refused'))
const hangs = () => new Promise<never>(() => undefined)

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

  it('never has its handler error told to the sender', async () => {
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

  it('among 100 at once is handled by one', async () => {
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

  it('that failed for good is kept, answered 2xx and not handled again', async () => {
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

  it('is renewed for maxHandlerMs at the most; then the signal is aborted and another attempt may run', async () => {
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

  it('that ended with onExpiredLease: hold is held, answered 503 and never run by itself', async () => {
    const { receiver, clock } = setUp({ onExpiredLease: 'hold', maxHandlerMs: 10_000 })
    void receiver.receive(visibuildDelivery(), hangs)
    await clock.advance(60_000)
    const held = await receiver.receive(
      visibuildDelivery({ timestamp: String(nowMs / 1000 + 60) }),
      neverRuns,
    )
    expect([held.type, held.response.status]).toEqual(['held', 503])
  })

  it('does not end because the wall clock was set', async () => {
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
        order.push('put aside')
      },
    })
    await receiver.receive(visibuildDelivery(), () => Promise.reject(new Error('no')))
    order.push('answered')
    expect(order).toEqual(['put aside', 'answered'])
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

  it('that is still being handled is answered 503 however often it comes, and none of that counts', async () => {
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

  it('whose id comes with other content is answered 2xx before the tenth 409', async () => {
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

  it('is retried without end where exhaustAfter is false', async () => {
    const { receiver } = setUp({ exhaustAfter: false })
    for (let attempt = 1; attempt <= 12; attempt++) {
      const { response } = await receiver.receive(visibuildDelivery(), () => Promise.reject(new Error('no')))
      expect(response.status).toBe(500)
    }
  })

  it('is told an adapter beforehand to be at its last attempt', async () => {
    const { receiver } = setUp({ exhaustAfter: 2 })
    const first = await receiver.accept(visibuildDelivery())
    if (!first.accepted) return expect.unreachable()
    expect(first.isLastAttempt).toBe(false)
    await first.settle({ ok: false })
    const second = await receiver.accept(visibuildAttempt(2))
    if (!second.accepted) return expect.unreachable()
    expect(second.isLastAttempt).toBe(true)
  })

  it('is not used up by copies of one attempt, nor by those that come while it runs', async () => {
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

describe('a store that fails', () => {
  it.each([
    ['refuses', fails],
    ['hangs', hangs],
    ['answers rubbish', () => ({ state: 'yes' }) as unknown as ClaimResult],
    ['answers nothing', () => undefined as unknown as ClaimResult],
    [
      'throws',
      () => {
        throw new Error('closed')
      },
    ],
  ])('at a claim (%s): 503 with Retry-After, and the handler does not run', async (_, claim) => {
    const { receiver, clock, hookNames } = setUp({ store: storeWith({ claim }) })
    const receiving = receiver.receive(visibuildDelivery(), neverRuns)
    await clock.advance(2_001)
    const outcome = await receiving
    expect([outcome.type, outcome.response.status]).toEqual(['unavailable', 503])
    expect(outcome.response.headers['retry-after']).toBeDefined()
    expect(hookNames()).toContain('onStoreError')
  })

  it('none when its promises are only thenable, as those of some database clients are', async () => {
    const claimed = { state: 'claimed', attempts: 1 } as const
    const thenable = Object.fromEntries([['then', (resolve: (result: object) => void) => resolve(claimed)]])
    const { receiver } = setUp({
      store: storeWith({ claim: () => thenable as unknown as Promise<ClaimResult> }),
    })
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
  })

  it('at a claim runs the handler only where the user chose onStoreDown: run', async () => {
    const { receiver } = setUp({ store: storeWith({ claim: fails }), onStoreDown: 'run' })
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
  })

  it('at a claim has the claim given back by its token, also when its answer comes late', async () => {
    let answer: (result: ClaimResult) => void = () => {}
    const released: string[] = []
    const { receiver, clock } = setUp({
      store: storeWith({
        claim: () => new Promise((resolve) => (answer = resolve)),
        release: ({ token }) => {
          released.push(token)
          return 'released'
        },
      }),
    })
    const receiving = receiver.receive(visibuildDelivery(), neverRuns)
    await clock.advance(2_001)
    expect((await receiving).type).toBe('unavailable')
    expect(released).toHaveLength(1)
    answer({ state: 'claimed', attempts: 1 })
    await clock.advance(0)
    expect(released).toEqual([released[0], released[0]])
  })

  it('at the completion: the success stands, and nothing is released', async () => {
    const release = vi.fn(() => 'released' as const)
    const { receiver, hookNames } = setUp({ store: storeWith({ complete: fails, release }) })
    const outcome = await receiver.receive(visibuildDelivery(), () => undefined)
    expect([outcome.type, outcome.response.status]).toEqual(['processed', 200])
    expect(release).not.toHaveBeenCalled()
    expect(hookNames()).toEqual(['onVerified', 'onStoreError', 'onHandled'])
  })

  it("at the release: the handler's own error is kept", async () => {
    const { receiver, hooks } = setUp({ store: storeWith({ release: fails }) })
    const outcome = await receiver.receive(visibuildDelivery(), () => Promise.reject(new Error('mine')))
    expect(outcome.type).toBe('handler-failed')
    expect(hooks.find(([name]) => name === 'onFailed')?.[1].error?.cause).toMatchObject({ message: 'mine' })
  })

  it('at a renewal: it is reported, and the handler keeps the lease while it lasts', async () => {
    const { receiver, clock, hookNames } = setUp({ store: storeWith({ extend: fails }) })
    let signal: AbortSignal | undefined
    void receiver.receive(visibuildDelivery(), (delivery) => {
      signal = delivery.signal
      return hangs()
    })
    await clock.advance(20_001)
    expect(hookNames()).toContain('onStoreError')
    expect(signal?.aborted).toBe(false)
    await clock.advance(10_000)
    expect(signal?.aborted).toBe(true)
  })

  it("of the handler's own making is not reported as one", async () => {
    const { receiver, hookNames } = setUp()
    await receiver.receive(visibuildDelivery(), () =>
      Promise.reject(new Error('redis of the application is down')),
    )
    expect(hookNames()).not.toContain('onStoreError')
  })
})

describe('an old owner that comes back', () => {
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

  it('with a failure for good that cannot be kept has the sender come again', async () => {
    const { receiver, clock } = setUp({ maxHandlerMs: 10_000 })
    const old = await receiver.accept(visibuildDelivery())
    await clock.advance(60_000)
    await receiver.accept(visibuildDelivery({ timestamp: String(nowMs / 1000 + 60) }))
    if (!old.accepted) return expect.unreachable()
    const outcome = await old.settle({ ok: false, error: new WebhookPermanentError('no such customer') })
    expect([outcome.type, outcome.response.status]).toEqual(['handler-failed', 500])
  })

  it('settles once, however often it is asked to', async () => {
    const { receiver, hookNames } = setUp()
    const acceptance = await receiver.accept(visibuildDelivery())
    if (!acceptance.accepted) return expect.unreachable()
    const outcomes = await Promise.all([acceptance.settle({ ok: true }), acceptance.settle({ ok: false })])
    expect(outcomes.map(({ type }) => type)).toEqual(['processed', 'processed'])
    expect(hookNames().filter((name) => name === 'onHandled')).toHaveLength(1)
  })
})

describe('receivers over one store', () => {
  it('need names of their own', () => {
    const store = memoryStore()
    createReceiver({ scheme: visibuild(), secret, store, endpoint: 'a' })
    expect(() => createReceiver({ scheme: visibuild(), secret, store, endpoint: 'a' })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_ENDPOINT_TAKEN' }),
    )
    expect(() => createReceiver({ scheme: visibuild(), secret, store })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_ENDPOINT_REQUIRED' }),
    )
    expect(() => createReceiver({ scheme: visibuild(), secret, store: storeWith({ shared: true }) })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_ENDPOINT_REQUIRED' }),
    )
  })

  it('may come again under one name in development, where modules are loaded again: with a warning', () => {
    vi.stubEnv('NODE_ENV', 'development')
    onTestFinished(() => void vi.unstubAllEnvs())
    for (const name of [{ endpoint: 'a' }, {}]) {
      const store = memoryStore()
      const onWarning = vi.fn()
      const create = () => createReceiver({ ...name, scheme: visibuild(), secret, store, onWarning })
      create()
      expect(onWarning).not.toHaveBeenCalled()
      create()
      expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('loaded again'))
    }
    expect(() =>
      createReceiver({ scheme: visibuild(), secret, store: storeWith({ shared: true }) }),
    ).toThrow()
  })

  it('do not take each other’s ids for their own', async () => {
    const store = memoryStore()
    const clock = createFakeClock({ now: nowMs })
    const [a, b] = ['a', 'b'].map((endpoint) =>
      createReceiver({ scheme: visibuild(), secret, store, endpoint, clock }),
    )
    expect((await a?.receive(visibuildDelivery(), () => undefined))?.type).toBe('processed')
    expect((await b?.receive(visibuildDelivery(), () => undefined))?.type).toBe('processed')
  })
})

describe('hooks', () => {
  it('carry code, scheme, ids and durations', async () => {
    const { receiver, hooks } = setUp()
    await receiver.receive(visibuildDelivery(), () => undefined)
    expect(hooks.at(-1)).toEqual([
      'onHandled',
      {
        scheme: 'visibuild',
        endpoint: 'tickets',
        method: 'POST',
        path: '/webhooks/visibuild',
        requestId: undefined,
        tenant: undefined,
        id: 'delivery-1',
        idempotencyKey: '["tickets",null,"visibuild","event","event-1",null,null,{}]',
        event: 'ticket.created',
        secretId: '0',
        attempt: 1,
        code: undefined,
        error: undefined,
        authentic: true,
        durationMs: 0,
      },
    ])
  })

  it('that throw change nothing and are told of once', async () => {
    const onWarning = vi.fn()
    const boom = () => {
      throw new Error('hook')
    }
    const { receiver } = setUp({
      onVerified: boom,
      onHandled: () => Promise.reject(new Error('hook')),
      onWarning,
    })
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
    await Promise.resolve()
    expect(onWarning).toHaveBeenCalledTimes(2)
  })

  it('hear of a stale delivery whether it was authentic', async () => {
    const { receiver, hooks } = setUp()
    const timestamp = String(nowMs / 1000 - 301)
    await receiver.receive(visibuildDelivery({ timestamp }), neverRuns)
    await receiver.receive(visibuildDelivery({ timestamp, signWith: 'somebody else’s secret' }), neverRuns)
    expect(hooks.map(([, { code, authentic }]) => [code, authentic])).toEqual([
      ['ERR_WEBHOOK_TIMESTAMP_TOO_OLD', true],
      ['ERR_WEBHOOK_SIGNATURE_MISMATCH', false],
    ])
  })
})

it('gives the handler the deadline of the sender, who waits from the arrival on and not from the last byte', async () => {
  const { receiver, clock } = setUp()
  const request = visibuildDelivery()
  const body = async () => {
    await clock.advance(4_000)
    return request.body as Uint8Array
  }
  await receiver.receive({ ...request, body }, ({ deadline }) => expect(deadline).toBe(nowMs + 30_000))
  expect.assertions(1)
})

it('works with deeply frozen options and changes none of them', () => {
  const options = Object.freeze({ scheme: visibuild(), secret: Object.freeze([secret]), endpoint: 'frozen' })
  expect(() => createReceiver(options)).not.toThrow()
})
