import { createReceiver, type HookInfo, memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'
import { neverRuns, nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

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

describe('a completion that the store did not take', () => {
  it('is written while the lease lasts, so that the event does not run again', async () => {
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

  it('is tried less and less often, and not beyond the lease', async () => {
    const { clock, complete, receiver } = setUp()
    complete.mockImplementation(connectionReset)
    await receiver.receive(visibuildDelivery(), () => undefined)
    await clock.advance(3_600_000)
    // At once, and after 100, 300, 700, 1,500 ... 25,500 ms.
    expect(complete).toHaveBeenCalledTimes(9)
    expect(clock.pendingTimers).toBe(0)
  })

  it('is written at the next contact, when the lease is over', async () => {
    const { clock, store, complete, receiver, later } = setUp()
    complete.mockImplementation(connectionReset)
    await receiver.receive(visibuildDelivery(), () => undefined)
    await clock.advance(120_000)
    complete.mockRestore()
    expect((await receiver.receive(later(120), neverRuns)).type).toBe('duplicate')
    expect(await store.count()).toMatchObject({ completed: 1 })
  })

  it('keeps the event from running while the store fails', async () => {
    const { clock, complete, receiver, later } = setUp()
    complete.mockImplementation(connectionReset)
    await receiver.receive(visibuildDelivery(), () => undefined)
    await clock.advance(120_000)
    expect((await receiver.receive(later(120), neverRuns)).type).toBe('unavailable')
  })

  it('gives way to another attempt that has the event by then', async () => {
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

describe('a completion that the store takes slowly', () => {
  it('is no lost lease, whatever a renewal would be answered meanwhile', async () => {
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
