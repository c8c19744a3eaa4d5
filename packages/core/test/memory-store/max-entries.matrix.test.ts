import { memoryStore, WebhookConfigurationError } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { leaseMs, retentionMs } from './support/timed-store.js'

/** What a full store says to a new key. */
const full = expect.objectContaining({ name: 'DedupeStoreError', code: 'ERR_WEBHOOK_STORE_FULL' })

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

describe('maxEntries', { timeout: 60_000 }, () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 16_000_001])('cannot be %d', (maxEntries) => {
    const error = thrownBy(() => memoryStore({ maxEntries }))
    expect(error).toBeInstanceOf(WebhookConfigurationError)
    expect(error).toHaveProperty('code', 'ERR_WEBHOOK_OPTION_INVALID')
    expect(error).toHaveProperty('message', expect.stringMatching(/maxEntries .* 1 to 16000000/))
  })

  it('is a million by default', () => {
    const store = memoryStore({ now: () => 0 })
    const request = { token: 'a', fingerprint: 'body', leaseMs, retentionMs, hold: false }
    for (let index = 0; index < 1_000_000; index++) store.claim({ ...request, key: `event-${index}` })
    expect(thrownBy(() => store.claim({ ...request, key: 'one more' }))).toEqual(full)
  })
})
