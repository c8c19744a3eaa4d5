import { memoryStore } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import timeout from 'connect-timeout'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { serve } from '../../../test/support/serve.js'
import { webhook } from '../src/index.js'
import { type Express, frameworks } from './support/frameworks.js'
import { attemptHeaders, deliver, secret, ticketBody } from './support/sender.js'

/** Serves a route whose first run continues after connect-timeout has answered. */
async function serveGivenUp(express: Express, options: object) {
  const clock = createFakeClock({ now: Date.now() })
  const store = memoryStore({ now: () => clock.monotonic() })
  const [gate, onFailed, route] = [createGate(), vi.fn(), vi.fn()]
  const app = express()
  app.set('env', 'test')
  app.post(
    '/hook',
    webhook({ scheme: visibuild(), secret, store, clock, onFailed, ...options }),
    timeout('20ms'),
    async (req, res) => {
      route(req.webhook.attempt)
      if (route.mock.calls.length === 1) await gate.opened
      else res.sendStatus(204)
    },
  )
  const { url } = await serve(app)
  const body = ticketBody()
  const send = (attempt = 1) => deliver(`${url}/hook`, body, attemptHeaders(attempt, body))
  return { gate, clock, onFailed, route, send }
}

describe.each(frameworks)('a time-out inside the route on $framework', ({ express }) => {
  test('releases by default: the next attempt runs while the abandoned code still runs', async () => {
    const { gate, onFailed, route, send } = await serveGivenUp(express, {})
    expect((await send()).status).toBe(503)
    expect(onFailed).toHaveBeenCalledTimes(1)
    expect((await send(2)).status).toBe(204)
    expect(route.mock.calls).toEqual([[1], [2]])
    gate.open()
  })

  test("with onTimeoutAnswer: 'keep-lease' the next attempt runs once the lease has ended", async () => {
    const options = { onTimeoutAnswer: 'keep-lease', leaseMs: 30_000 }
    const { gate, clock, onFailed, route, send } = await serveGivenUp(express, options)
    expect((await send()).status).toBe(503)
    expect(onFailed).toHaveBeenCalledTimes(1)
    // Renewal has stopped, so the lease ends 30 s after the claim.
    await clock.advance(29_999)
    expect(await send()).toMatchObject({ status: 503, body: '{"status":"in-progress"}' })
    expect(route).toHaveBeenCalledTimes(1)
    await clock.advance(1)
    expect((await send()).status).toBe(204)
    expect(route).toHaveBeenCalledTimes(2)
    gate.open()
  })

  test('on the last attempt it is still kept for the operator', async () => {
    const options = { onTimeoutAnswer: 'keep-lease', exhaustAfter: 1 }
    const { gate, send } = await serveGivenUp(express, options)
    expect(await send()).toMatchObject({ status: 200, body: '{"status":"exhausted"}' })
    gate.open()
  })
})
