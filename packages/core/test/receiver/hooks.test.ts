import { describe, expect, it, vi } from 'vitest'
import { setUp } from '../support/receiver-with-hooks.js'
import { neverRuns, nowMs, visibuildDelivery } from '../support/visibuild-delivery.js'

describe('hooks', () => {
  it('carry code, scheme, ids and durations', async () => {
    const { receiver, hooks } = setUp()
    await receiver.receive(visibuildDelivery(), () => undefined)
    expect(hooks.at(-1)).toEqual([
      'onHandled',
      {
        scheme: 'visibuild',
        endpoint: 'tickets',
        method: 'POST',
        path: '/webhooks/visibuild',
        requestId: undefined,
        tenant: undefined,
        id: 'delivery-1',
        idempotencyKey: '["tickets",null,"visibuild","event","event-1",null,null,{}]',
        event: 'ticket.created',
        secretId: '0',
        attempt: 1,
        code: undefined,
        error: undefined,
        authentic: true,
        durationMs: 0,
      },
    ])
  })

  it('that throw change nothing and are reported once', async () => {
    const onWarning = vi.fn()
    const boom = () => {
      throw new Error('hook')
    }
    const { receiver } = setUp({
      onVerified: boom,
      onHandled: () => Promise.reject(new Error('hook')),
      onWarning,
    })
    expect((await receiver.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
    await Promise.resolve()
    expect(onWarning).toHaveBeenCalledTimes(2)
  })

  it('learn whether a stale delivery was authentic', async () => {
    const { receiver, hooks } = setUp()
    const timestamp = String(nowMs / 1000 - 301)
    await receiver.receive(visibuildDelivery({ timestamp }), neverRuns)
    await receiver.receive(visibuildDelivery({ timestamp, signWith: 'somebody else’s secret' }), neverRuns)
    expect(hooks.map(([, { code, authentic }]) => [code, authentic])).toEqual([
      ['ERR_WEBHOOK_TIMESTAMP_TOO_OLD', true],
      ['ERR_WEBHOOK_SIGNATURE_MISMATCH', false],
    ])
  })
})
