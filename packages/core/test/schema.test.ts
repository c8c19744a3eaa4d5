import { createReceiver } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { neverRuns, nowMs, secret, visibuildDelivery } from './support/visibuild-delivery.js'

const base = { scheme: visibuild(), secret, now: () => nowMs }
const zodSchema = z.object({ id: z.string(), data: z.object({ ticket: z.object({ id: z.string() }) }) })

describe('a payload schema', () => {
  it.each([
    ['zod', zodSchema],
    ['valibot', v.object({ id: v.string(), data: v.object({ ticket: v.object({ id: v.string() }) }) })],
    ['arktype', type({ id: 'string', data: { ticket: { id: 'string' } } })],
  ])('of %s accepts valid payloads and refuses others with 400', async (_, schema) => {
    const receiver = createReceiver({ ...base, schema })
    const fits = await receiver.receive(visibuildDelivery(), ({ payload }) => payload)
    expect(fits).toMatchObject({ type: 'processed', result: { id: 'event-1' } })
    const other = await receiver.receive(visibuildDelivery({ body: '{"id":"x"}' }), neverRuns)
    expect(other).toMatchObject({
      type: 'refused',
      error: { code: 'ERR_WEBHOOK_PAYLOAD_INVALID', authentic: true },
      response: { status: 400 },
    })
    expect(JSON.stringify(other.response)).not.toContain('ticket')
  })

  it('passes its typed output to the handler', async () => {
    const receiver = createReceiver({
      ...base,
      schema: zodSchema.transform(({ data }) => data.ticket.id.length),
    })
    const outcome = await receiver.receive(visibuildDelivery(), ({ payload }) => {
      expectTypeOf(payload).toEqualTypeOf<number>()
      return payload
    })
    expect(outcome).toMatchObject({ result: 2 })
  })

  it('can be asynchronous; one that throws refuses', async () => {
    const slow = createReceiver({ ...base, schema: zodSchema.refine(async ({ id }) => id === 'event-1') })
    expect((await slow.receive(visibuildDelivery(), () => undefined)).type).toBe('processed')
    const broken = createReceiver({
      ...base,
      schema: z.any().transform(() => {
        throw new Error('boom')
      }),
    })
    expect((await broken.receive(visibuildDelivery(), neverRuns)).type).toBe('refused')
  })
})
