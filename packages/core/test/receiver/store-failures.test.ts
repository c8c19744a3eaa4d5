import type { ClaimResult } from '@countersign/core/stores'
import { describe, expect, it, vi } from 'vitest'
import { hangs, setUp, storeWith } from '../support/receiver-with-hooks.js'
import { neverRuns, visibuildDelivery } from '../support/visibuild-delivery.js'

const fails = () => Promise.reject(new Error('connection refused'))

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

  it('does not fail because its promises are only thenable, as with some database clients', async () => {
    const claimed = { state: 'claimed', attempts: 1 } as const
    const thenable = Object.fromEntries([['then', (resolve: (result: object) => void) => resolve(claimed)]])
    const { receiver } = setUp({
      store: storeWith({ claim: () => thenable as unknown as Promise<ClaimResult> }),
    })
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
  })

  it('at a claim: the handler runs only with onStoreDown: run', async () => {
    const { receiver } = setUp({ store: storeWith({ claim: fails }), onStoreDown: 'run' })
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
  })

  it('at a claim: the claim is released by its token, also when its answer arrives late', async () => {
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

  it('at the completion: the success remains, and nothing is released', async () => {
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

  it("in the handler's own code is not reported as one", async () => {
    const { receiver, hookNames } = setUp()
    await receiver.receive(visibuildDelivery(), () =>
      Promise.reject(new Error('redis of the application is down')),
    )
    expect(hookNames()).not.toContain('onStoreError')
  })
})
