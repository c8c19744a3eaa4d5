import { createReceiver, type FailureInfo, memoryStore } from '@countersign/core'
import { github, type Scheme, shopify, slack, visibuild } from '@countersign/core/schemes'
import { createFakeClock, createSender } from '@countersign/testing'
import { describe, expect, it, vi } from 'vitest'

const nowMs = Date.parse('2026-03-17T09:00:00Z')
const secret = 'a-signing-secret-of-32-characters'

function setUp(scheme: Scheme, options: object = {}) {
  const clock = createFakeClock({ now: nowMs })
  const onFailed = vi.fn<(info: FailureInfo) => void>()
  const onWarning = vi.fn<(message: string) => void>()
  const store = memoryStore({ now: clock.monotonic })
  const receiver = createReceiver({
    endpoint: 'e',
    scheme,
    secret,
    store,
    clock,
    onFailed,
    onWarning,
    ...options,
  })
  const sender = createSender({ scheme, secret, now: clock.now })
  return { clock, onFailed, onWarning, store, receiver, sender }
}

const forever = () => new Promise<never>(() => {})

describe('a handler, or a route, that never ends', () => {
  it('leaves its event to the last of Slack’s retries, and is told', async () => {
    const { clock, onFailed, receiver, sender } = setUp(slack())
    const delivery = () => sender.sign({ payload: { event_id: 'Ev1', type: 'event_callback' } })
    void receiver.receive(delivery(), forever)
    const types: string[] = []
    for (const wait of [1_000, 60_000, 239_000]) {
      await clock.advance(wait)
      types.push((await receiver.receive(delivery(), () => undefined)).type)
    }
    expect(types).toEqual(['in-progress', 'in-progress', 'processed'])
    expect(onFailed.mock.calls.map(([{ code, id, attempt }]) => [code, id, attempt])).toEqual([
      ['ERR_WEBHOOK_HANDLER_TIMEOUT', 'Ev1', 1],
    ])
    expect(onFailed.mock.calls[0]?.[0].delivery?.rawBody).toBeInstanceOf(Uint8Array)
  })

  it.each<[string, Scheme, number]>([
    ['Slack comes for 300 s', slack(), 270_000],
    ['Visibuild comes for days', visibuild(), 900_000],
    ['Shopify comes for four hours', shopify(), 900_000],
    ['GitHub never comes again', github(), 900_000],
    ['a sender that comes once more, after 35 s', visibuild({ retries: [0, 35] }), 30_000],
  ])('keeps it for as long as fits the sender: %s', async (_, scheme, maxHandlerMs) => {
    const { clock, onFailed, receiver, sender } = setUp(scheme)
    void receiver.receive(sender.sign(), forever)
    await clock.advance(maxHandlerMs - 1)
    expect(onFailed).not.toHaveBeenCalled()
    await clock.advance(1)
    expect(onFailed).toHaveBeenCalledTimes(1)
  })

  it('is warned of where the chosen time is no shorter than the sender’s retries', () => {
    const { onWarning } = setUp(slack(), { maxHandlerMs: 300_000 })
    expect(onWarning.mock.calls.join()).toContain('maxHandlerMs is not shorter than the 300000 ms')
    expect(setUp(slack(), { maxHandlerMs: 299_000 }).onWarning).not.toHaveBeenCalled()
  })

  it('still completes its event when it ends late and nobody else had it', async () => {
    const { clock, store, receiver, sender } = setUp(slack())
    let finish = () => {}
    const delivery = sender.sign({ payload: { event_id: 'Ev1', type: 'event_callback' } })
    const receiving = receiver.receive(delivery, () => new Promise<void>((resolve) => (finish = resolve)))
    await clock.advance(280_000)
    finish()
    expect((await receiving).type).toBe('processed')
    expect(await store.count()).toMatchObject({ completed: 1 })
  })
})
