import { isWebhookError, memoryStore } from '@countersign/core'
import { describe, expect, it } from 'vitest'

const wrong: [name: string, reading: unknown][] = [
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a string', '1700000000000'],
  ['a promise', Promise.resolve(1)],
  ['a date', new Date()],
]
const owned = { key: 'event', token: 'a' }
const request = { ...owned, fingerprint: 'body', leaseMs: 30_000, retentionMs: 3_600_000, hold: false }

describe('a clock of the memory store that returns', () => {
  it.each(wrong)('%s is refused when the store is created', (_, reading) => {
    expect(() => memoryStore({ now: () => reading as number })).toThrow(
      expect.objectContaining({ name: 'WebhookConfigurationError', code: 'ERR_WEBHOOK_OPTION_INVALID' }),
    )
  })

  it.each(wrong)('%s later makes every operation fail, and changes nothing', async (_, reading) => {
    let now: unknown = 0
    const store = memoryStore({ now: () => now as number })
    store.claim(request)
    now = reading
    const calls = [
      () => store.claim({ ...request, token: 'b' }),
      () => store.extend({ ...owned, leaseMs: 1 }),
      () => store.acknowledge(owned),
      () => store.complete({ ...request, acceptanceMs: 0 }),
      () => store.release(owned),
      () => store.fail(owned),
      () => store.forget({ key: 'event', force: true }),
      () => store.count(),
    ]
    for (const call of calls) {
      try {
        call()
        expect.unreachable()
      } catch (error) {
        expect(isWebhookError(error, 'ERR_WEBHOOK_STORE_UNAVAILABLE')).toBe(true)
        expect(error).toHaveProperty('message', expect.stringContaining('now'))
      }
    }
    await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toThrow('now')
    now = 1
    expect(store.claim({ ...request, token: 'b' })).toMatchObject({ state: 'in-progress', attempts: 1 })
  })

  it('nothing, because it is not a function, is refused too', () => {
    expect(() => memoryStore({ now: 0 as never })).toThrow('now must be a function')
  })
})
