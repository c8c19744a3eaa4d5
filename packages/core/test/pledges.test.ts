import { createHmac } from 'node:crypto'
import {
  type CompleteRequest,
  createReceiver,
  type DedupeStore,
  type HookInfo,
  memoryStore,
  type OwnedKey,
  type ReceiverOptions,
  type TransactionalStore,
} from '@countersign/core'
import { embeddable, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import {
  neverRuns,
  nowMs,
  secret,
  visibuildAttempt,
  visibuildDelivery,
} from './support/visibuild-delivery.js'

/** A transaction with the store below: what is written in it counts when it is committed. */
class Transaction {
  readonly #writes: (() => void)[] = []

  write(effect: () => void): void {
    this.#writes.push(effect)
  }

  commit(): void {
    for (const write of this.#writes.splice(0)) write()
  }
}

/** A memory store that takes part in transactions, and notes the operations it is asked for. */
function transactionalStore(clock: { monotonic(): number }, replaced: Partial<TransactionalStore> = {}) {
  const records = memoryStore({ now: clock.monotonic })
  const committed = new Set<string>()
  const calls: string[] = []
  const noted = <Name extends keyof DedupeStore>(name: Name) =>
    ((...args: never[]) => {
      calls.push(name)
      return (records[name] as (...args: never[]) => unknown)(...args)
    }) as never
  const store: TransactionalStore<Transaction> = {
    name: 'transactional',
    shared: false,
    claim: noted('claim'),
    extend: noted('extend'),
    acknowledge: noted('acknowledge'),
    complete: noted('complete'),
    release: noted('release'),
    fail: noted('fail'),
    forget: noted('forget'),
    completeIn(transaction: Transaction, request: CompleteRequest) {
      if (!records.extend({ ...request, leaseMs: 30_000 })) return false
      transaction.write(() => {
        records.complete(request)
        committed.add(request.token)
      })
      return true
    },
    isCompleted: ({ token }: OwnedKey) => committed.has(token),
    ...replaced,
  }
  return { store, records, calls }
}

function setUp(
  options: Partial<ReceiverOptions<VisibuildEvent>> = {},
  replaced: Partial<TransactionalStore> = {},
) {
  const clock = createFakeClock({ now: nowMs })
  const { store, records, calls } = transactionalStore(clock, replaced)
  const hooks: string[] = []
  const note = (name: string) => (info: HookInfo) => void hooks.push(`${name} ${info.code ?? ''}`.trim())
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    store,
    clock,
    onHandled: note('handled'),
    onFailed: note('failed'),
    onExhausted: note('exhausted'),
    onStoreError: note('store error'),
    onWarning: () => undefined,
    ...options,
  })
  return { receiver, clock, records, calls, hooks }
}

const fails = () => Promise.reject(new Error('connection refused'))
const statesOf = async (records: ReturnType<typeof memoryStore>) => {
  const states: string[] = []
  for await (const { state } of records.list({
    states: ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed'],
  }))
    states.push(state)
  return states
}

describe("a completion in the handler's own transaction", () => {
  it('is left to the transaction: the receiver only reads what became of it', async () => {
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

  it('answers at once where the store does, so that a synchronous transaction can hold it', async () => {
    const { receiver } = setUp()
    await receiver.receive(visibuildDelivery(), (delivery) => {
      const transaction = new Transaction()
      expect(delivery.completeIn(transaction)).toBeUndefined()
      transaction.commit()
    })
  })

  it('that was rolled back is a failure, though the handler ended well: the next attempt runs', async () => {
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

  it('that nobody can read is a failure, and nothing is released: the lease ends it', async () => {
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

  it('stands when the handler fails after its commit: the retry is a duplicate', async () => {
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

  it('is refused to a handler whose event another attempt has, so that it rolls back', async () => {
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

  it('is refused where nothing identifies the delivery', async () => {
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

  it('is refused where the store was down', async () => {
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

  it('that fails is kept as failed and told, and its event never runs by itself again', async () => {
    const { receiver, records, calls, hooks } = setUp()
    await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(fails()))
    await expect.poll(() => hooks).toEqual(['failed ERR_WEBHOOK_HANDLER_FAILED'])
    expect(calls).toEqual(['claim', 'acknowledge', 'fail'])
    expect(await statesOf(records)).toEqual(['failed'])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('failed-for-good')
  })

  it('that is cut off is orphaned', async () => {
    const { receiver, clock, records } = setUp({ maxHandlerMs: 1 })
    await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(new Promise(() => undefined)))
    await clock.advance(30_000)
    expect(await statesOf(records)).toEqual(['orphaned'])
  })

  it('is one success or one failure, however many promises it is', async () => {
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

  it('is given to what keeps the platform alive, as a promise that never rejects', async () => {
    const { receiver, hooks } = setUp()
    const kept: Promise<unknown>[] = []
    const request = { ...visibuildDelivery(), waitUntil: (promise: Promise<unknown>) => kept.push(promise) }
    await receiver.receive(request, (delivery) => delivery.defer(fails()))
    expect(kept).toHaveLength(1)
    await kept[0]
    expect(hooks).toEqual(['failed ERR_WEBHOOK_HANDLER_FAILED'])
  })

  it('whose claim cannot be acked is no success, and is completed at its end all the same', async () => {
    const { receiver, calls, hooks } = setUp({}, { acknowledge: fails })
    const work = createGate()
    const outcome = await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(work.opened))
    expect([outcome.type, outcome.response.status]).toEqual(['unavailable', 503])
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('in-progress')
    work.open()
    await expect.poll(() => hooks).toEqual(['store error ERR_WEBHOOK_STORE_UNAVAILABLE', 'handled'])
    expect(calls.at(-1)).toBe('complete')
  })

  it('whose claim cannot be acked is released when it fails: the sender comes again', async () => {
    const { receiver, hooks } = setUp({}, { acknowledge: fails })
    await receiver.receive(visibuildDelivery(), (delivery) => delivery.defer(fails()))
    await expect.poll(() => hooks).toContain('failed ERR_WEBHOOK_HANDLER_FAILED')
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
  })

  it('whose claim another attempt has is no success', async () => {
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

  it('of a handler that fails is waited for before the event is given back', async () => {
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

  it('can hold the transaction: not committed is failed', async () => {
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
    expect(acceptance.isPledged()).toBe(false)
    const settled = acceptance.settle({ ok: true })
    expect(() => acceptance.delivery.defer(Promise.resolve())).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_DEFERRED_TOO_LATE' }),
    )
    expect((await settled).type).toBe('processed')
  })

  it('of a delivery that nothing identifies goes on, and nothing is kept of it', async () => {
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
