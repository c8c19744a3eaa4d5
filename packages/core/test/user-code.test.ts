import {
  createReceiver,
  isWebhookError,
  memoryStore,
  type ReceiverOptions,
  type StandardSchemaV1,
  verify,
  WebhookConfigurationError,
  type WebhookEvent,
} from '@countersign/core'
import { embeddable, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { neverRuns, nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

const options = { scheme: visibuild(), secret, now: () => nowMs }

function watchRejections(): readonly unknown[] {
  const rejections: unknown[] = []
  const note = (reason: unknown) => rejections.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  return rejections
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 10))

describe('a clock that gives no finite number', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a string', String(nowMs)],
    ['a Date', new Date(nowMs)],
    ['a bigint', BigInt(nowMs)],
    ['a promise', Promise.resolve(nowMs)],
  ]

  it.each(wrong)('is refused at creation, and by verify: %s', async (_, time) => {
    const now = () => time as number
    const error = { name: 'WebhookConfigurationError', code: 'ERR_WEBHOOK_OPTION_INVALID' }
    expect(() => createReceiver({ ...options, now })).toThrow(expect.objectContaining(error))
    const clock = { ...createFakeClock({ now: nowMs }), monotonic: now }
    expect(() => createReceiver({ ...options, clock })).toThrow(expect.objectContaining(error))
    await expect(verify(visibuildDelivery(), { ...options, now })).rejects.toMatchObject(error)
  })

  it.each(wrong)('refuses every request once it goes wrong: %s', async (_, time) => {
    let isWrong = false
    const now = () => (isWrong ? (time as number) : nowMs)
    const onWarning = vi.fn()
    const stale = visibuildDelivery({ timestamp: String(Date.parse('2001-01-01T00:00:00Z') / 1000) })
    const receiver = createReceiver({ ...options, now, onWarning })
    isWrong = true
    for (const request of [stale, visibuildDelivery()]) {
      const outcome = await receiver.receive(request, neverRuns)
      expect(outcome).toMatchObject({ type: 'misconfigured', response: { status: 500 } })
    }
    expect(onWarning.mock.calls.join()).toMatch(/now gave .* instead of a finite number of milliseconds/)
  })

  it('ends no secret, where it goes wrong between two requests', async () => {
    let time = nowMs as number
    const labelled = { id: 'old', value: secret, notAfter: nowMs - 1 }
    const receiver = createReceiver({ ...options, secret: [labelled], now: () => time, onWarning: () => {} })
    time = Number.NaN
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('misconfigured')
  })
})

describe('whatever callbacks do, there is an outcome and no unhandled rejection', () => {
  const throwing = () => {
    throw new Error('my own mistake')
  }
  const rejecting = () => Promise.reject(new Error('my own mistake'))
  const hooks = (hook: () => unknown) => ({
    onVerified: hook,
    onRejected: hook,
    onDuplicate: hook,
    onConflict: hook,
    onHandled: hook,
    onFailed: hook,
    onExhausted: hook,
    onStoreError: hook,
    onWarning: hook,
  })

  it.each([
    ['throw', throwing],
    ['reject', rejecting],
  ])('hooks and the log both %s', async (_, hook) => {
    const rejections = watchRejections()
    const log = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => log.mockRestore())
    const receiver = createReceiver({ ...options, ...hooks(hook), exhaustAfter: 1 })
    const types = [
      (await receiver.receive(visibuildDelivery({ id: 'a' }), () => undefined)).type,
      (await receiver.receive(visibuildDelivery({ id: 'a' }), neverRuns)).type,
      (await receiver.receive(visibuildDelivery({ id: 'b' }), throwing)).type,
      (await receiver.receive(visibuildDelivery({ signWith: 'somebody else' }), neverRuns)).type,
      (await receiver.receive(visibuildDelivery({ body: 'no JSON' }), neverRuns)).type,
    ]
    expect(types).toEqual(['processed', 'duplicate', 'exhausted', 'refused', 'exhausted'])
    await settled()
    expect(rejections).toEqual([])
    // The log of the runtime has it, where the user's own fails.
    expect(log.mock.calls.join()).toContain('The hook onVerified threw')
  })

  it('waitUntil throws', async () => {
    const receiver = createReceiver(options)
    const request = { ...visibuildDelivery(), waitUntil: throwing }
    const outcome = await receiver.receive(request, (delivery) => delivery.defer(Promise.resolve()))
    expect(outcome.type).toBe('accepted')
  })

  it('the request is no request', async () => {
    const receiver = createReceiver({ ...options, onWarning: () => {} })
    for (const request of [undefined, null, {}, { headers: 5 }, 'POST'])
      expect((await receiver.receive(request as never, neverRuns)).response.status).toBeGreaterThanOrEqual(
        400,
      )
  })
})

describe('code that never ends holds no answer up', () => {
  const forever = () => new Promise<never>(() => {})

  function setUp(changes: Partial<ReceiverOptions<WebhookEvent, StandardSchemaV1>>) {
    const clock = createFakeClock({ now: nowMs })
    const onWarning = vi.fn<(message: string) => void>()
    const receiver = createReceiver({ ...options, now: clock.now, clock, onWarning, ...changes })
    return { receiver, clock, onWarning }
  }

  it('onExhausted', async () => {
    const { receiver, clock, onWarning } = setUp({ exhaustAfter: 1, onExhausted: forever })
    const receiving = receiver.receive(visibuildDelivery(), () => Promise.reject(new Error('down')))
    await clock.advance(5_000)
    expect((await receiving).type).toBe('exhausted')
    expect(onWarning.mock.calls.join()).toContain('The hook onExhausted had not ended after 5000 ms')
  })

  it('onExhausted of a payload that cannot be read', async () => {
    const { receiver, clock } = setUp({ exhaustAfter: 1, onExhausted: forever })
    const receiving = receiver.receive(visibuildDelivery({ body: 'no JSON' }), neverRuns)
    await clock.advance(5_000)
    expect((await receiving).type).toBe('exhausted')
  })

  it.each<[string, () => unknown]>([
    ['a promise', forever],
    // biome-ignore lint/suspicious/noThenProperty: some libraries have promises of their own making
    ['a thenable of its own', () => ({ then() {} })],
  ])('a schema, with %s', async (_, validate) => {
    const schema = { '~standard': { version: 1, vendor: 'mine', validate } } as StandardSchemaV1
    const { receiver, clock } = setUp({ schema })
    const receiving = receiver.receive(visibuildDelivery(), neverRuns)
    await clock.advance(5_000)
    const outcome = await receiving
    expect(outcome).toMatchObject({ type: 'misconfigured', response: { status: 500 } })
    expect(String('error' in outcome && outcome.error)).toContain(
      'had not validated the payload after 5000 ms',
    )
  })
})

describe('times that no timer can wait', () => {
  it.each(['leaseMs', 'storeTimeoutMs', 'secretTimeoutMs', 'bodyTimeoutMs'])('are refused: %s', (option) => {
    const create = (value: number) => createReceiver({ scheme: embeddable(), secret, [option]: value })
    expect(() => create(2 ** 31)).toThrow(WebhookConfigurationError)
    expect(() => create(2 ** 31)).toThrow(`${option} must be at most 2147483647 ms`)
    expect(() => create(2 ** 31 - 1)).not.toThrow()
  })
})

describe('two copies of the package in one process', () => {
  it('share the names of endpoints', async () => {
    vi.resetModules()
    const copy = await import('@countersign/core')
    expect(copy.createReceiver).not.toBe(createReceiver)
    const store = memoryStore()
    createReceiver({ ...options, endpoint: 'tickets', store })
    const again = () => copy.createReceiver({ ...options, endpoint: 'tickets', store })
    expect(again).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_ENDPOINT_TAKEN' }))
    try {
      again()
    } catch (error) {
      expect(isWebhookError(error)).toBe(true)
    }
  })
})
