import { createReceiver, memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { storeWith } from '../support/receiver-with-hooks.js'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

describe('receivers over one store', () => {
  it('need different names', () => {
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

  it('may reuse a name in development, where modules are reloaded, with a warning', () => {
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

  it('do not treat each other’s ids as their own', async () => {
    const store = memoryStore()
    const clock = createFakeClock({ now: nowMs })
    const [a, b] = ['a', 'b'].map((endpoint) =>
      createReceiver({ scheme: visibuild(), secret, store, endpoint, clock }),
    )
    expect((await a?.receive(visibuildDelivery(), () => undefined))?.type).toBe('processed')
    expect((await b?.receive(visibuildDelivery(), () => undefined))?.type).toBe('processed')
  })
})

it('works with deeply frozen options and changes none of them', () => {
  const options = Object.freeze({ scheme: visibuild(), secret: Object.freeze([secret]), endpoint: 'frozen' })
  expect(() => createReceiver(options)).not.toThrow()
})
