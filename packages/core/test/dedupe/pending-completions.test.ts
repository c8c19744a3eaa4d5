import { createReceiver, type HookInfo, memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'
import { neverRuns, nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

function setUp() {
  const clock = createFakeClock({ now: nowMs })
  const store = memoryStore({ now: clock.monotonic })
  const complete = vi.spyOn(store, 'complete')
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
    onStoreError: note('store error'),
  })
  const later = (seconds: number) => visibuildDelivery({ timestamp: String(nowMs / 1000 + seconds) })
  return { clock, store, complete, hooks, receiver, later }
}

const connectionReset = () => {
  throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}

describe('a completion that the store failed to write', () => {
  it('is written during the lease, so that the event does not run again', async () => {
    const { clock, store, complete, hooks, receiver, later } = setUp()
    complete.mockImplementationOnce(connectionReset)
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
    expect(hooks).toEqual(['store error ERR_WEBHOOK_STORE_UNAVAILABLE', 'handled'])
    await clock.advance(100)
    expect(await store.count()).toMatchObject({ completed: 1, claimed: 0 })
    await clock.advance(60_000)
    expect((await receiver.receive(later(60), neverRuns)).type).toBe('duplicate')
    expect(complete).toHaveBeenCalledTimes(2)
  })

  it('is retried at growing intervals, and not after the lease', async () => {
    const { clock, complete, receiver } = setUp()
    complete.mockImplementation(connectionReset)
    await receiver.receive(visibuildDelivery(), () => undefined)
    await clock.advance(3_600_000)
    // At once, and after 100, 300, 700, 1,500 ... 25,500 ms.
    expect(complete).toHaveBeenCalledTimes(9)
    expect(clock.pendingTimers).toBe(0)
  })

  it('is written before the next claim of its key, after the lease has ended', async () => {
    const { clock, store, complete, receiver, later } = setUp()
    complete.mockImplementation(connectionReset)
    await receiver.receive(visibuildDelivery(), () => undefined)
    await clock.advance(120_000)
    complete.mockRestore()
    expect((await receiver.receive(later(120), neverRuns)).type).toBe('duplicate')
    expect(await store.count()).toMatchObject({ completed: 1 })
  })

  it('prevents the event from running while the store fails', async () => {
    const { clock, complete, receiver, later } = setUp()
    complete.mockImplementation(connectionReset)
    await receiver.receive(visibuildDelivery(), () => undefined)
    await clock.advance(120_000)
    expect((await receiver.receive(later(120), neverRuns)).type).toBe('unavailable')
  })

  it('is dropped if another attempt owns the event by then', async () => {
    const { clock, store, complete, receiver, later } = setUp()
    complete.mockImplementationOnce(connectionReset)
    await receiver.receive(visibuildDelivery(), () => undefined)
    // Another process, which knows nothing of it, takes the event over at once.
    for await (const { key } of store.list()) store.forget({ key, force: true })
    const other = createReceiver({ endpoint: 'other process', scheme: visibuild(), secret, clock, store })
    expect((await other.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
    await clock.advance(60_000)
    expect((await receiver.receive(later(60), neverRuns)).type).toBe('duplicate')
  })
})

describe('a completion that the store writes slowly', () => {
  it('is not a lost lease, even if a renewal would fail meanwhile', async () => {
    const { clock, store, complete, hooks, receiver } = setUp()
    let signal: AbortSignal | undefined
    let written = () => {}
    complete.mockImplementationOnce(
      () => new Promise<boolean>((resolve) => (written = () => resolve(true))) as never,
    )
    vi.spyOn(store, 'extend').mockReturnValue(false)
    const receiving = receiver.receive(visibuildDelivery(), (delivery) => {
      signal = delivery.signal
    })
    await clock.advance(1_900)
    written()
    expect((await receiving).type).toBe('processed')
    await clock.advance(30_000)
    expect(signal?.aborted).toBe(false)
    expect(hooks).toEqual(['handled'])
  })
})
