import { memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { Hono } from 'hono'
import { timeout } from 'hono/timeout'
import { expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { webhook } from '../src/index.js'
import { deliver, secret, sign } from './support/deliver.js'

/** A route whose first run continues after Hono's own time-out, mounted inside, has answered. */
function routeGivenUp(options: object) {
  const clock = createFakeClock({ now: Date.now() })
  const store = memoryStore({ now: () => clock.monotonic() })
  const [gate, onFailed, route] = [createGate(), vi.fn(), vi.fn()]
  const app = new Hono()
  app.post(
    '/hook',
    webhook({ scheme: visibuild(), secret, store, clock, onFailed, ...options }),
    timeout(20),
    async (c) => {
      route()
      if (route.mock.calls.length === 1) await gate.opened
      return c.body(null, 204)
    },
  )
  const delivery = sign()
  return { gate, clock, onFailed, route, send: () => deliver(app, delivery) }
}

test('a time-out inside the route releases by default: the next attempt runs while the route still runs', async () => {
  const { gate, onFailed, route, send } = routeGivenUp({})
  expect((await send()).status).toBe(504)
  expect(onFailed).toHaveBeenCalledTimes(1)
  expect((await send()).status).toBe(204)
  expect(route).toHaveBeenCalledTimes(2)
  gate.open()
})

test("with onTimeoutAnswer: 'keep-lease' the next attempt runs once the lease has ended", async () => {
  const { gate, clock, onFailed, route, send } = routeGivenUp({
    onTimeoutAnswer: 'keep-lease',
    leaseMs: 30_000,
  })
  expect((await send()).status).toBe(504)
  expect(onFailed).toHaveBeenCalledTimes(1)
  await clock.advance(29_999)
  expect(await send()).toMatchObject({ status: 503, body: '{"status":"in-progress"}' })
  await clock.advance(1)
  expect((await send()).status).toBe(204)
  expect(route).toHaveBeenCalledTimes(2)
  gate.open()
})
