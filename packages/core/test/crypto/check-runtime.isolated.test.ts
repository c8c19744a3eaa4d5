import { afterEach, expect, test, vi } from 'vitest'
import * as web from '../../src/crypto/web.js'

afterEach(() => vi.unstubAllGlobals())

const refusal = (missing: RegExp) =>
  expect.objectContaining({
    name: 'WebhookConfigurationError',
    code: 'ERR_WEBHOOK_OPTION_INVALID',
    message: expect.stringMatching(missing),
  })

test('a runtime with everything passes', () => {
  expect(web.checkRuntime()).toBeUndefined()
})

test.each([
  ['no crypto', { crypto: undefined }, /no crypto\.subtle.*@jest-environment node/],
  ['a part of crypto, as in jsdom', { crypto: { getRandomValues: () => {} } }, /no crypto\.subtle/],
])('%s: a wrong set-up throws immediately', (_, globals, missing) => {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  expect(() => web.checkRuntime()).toThrow(refusal(missing))
})

test('text cannot be encoded without TextEncoder, which schemes need', async () => {
  vi.resetModules()
  vi.stubGlobal('TextEncoder', undefined)
  const { visibuild } = await import('../../src/schemes/index.js')
  expect(() => visibuild()).toThrow(refusal(/no TextEncoder.*@jest-environment node/))
})

test('a key that cannot be imported fails at its first use, and not before', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const key = web.prepareKey('no-such-algorithm' as never, new Uint8Array(32))
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
  await expect(key).rejects.toThrow()
})
