import { memoryStore } from '@countersign/core'
import type { FastifyReply } from 'fastify'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { deliver, sign, wire } from './support/deliver.js'
import { connectTo } from './support/serve.js'
import { serveRoute } from './support/serve-route.js'

test('a second answer while the first waits for its claim is ignored, and cuts nothing', async () => {
  const store = memoryStore()
  const complete = store.complete.bind(store)
  const [holding, gate, late] = [createGate(), createGate(), createGate()]
  vi.spyOn(store, 'complete').mockImplementation(async (request) => {
    holding.open()
    await gate.opened
    return complete(request)
  })
  const { app, log } = await serveRoute({
    handler: async (_request, reply) => {
      reply.send('first')
      expect(reply.sent).toBe(true)
      late.open()
      return 'second'
    },
    webhook: { store },
  })
  const answer = deliver(app)
  await Promise.all([holding.opened, late.opened])
  await new Promise(setImmediate)
  gate.open()
  expect(await answer).toMatchObject({ status: 200, body: 'first' })
  const warnings = log.flatMap(({ level, err }) => (level >= 40 ? [err?.code] : []))
  expect(warnings).toEqual(['FST_ERR_REP_ALREADY_SENT'])
})

describe('a sender that disconnects', () => {
  /** Delivers, disconnects while the handler runs, and lets the handler continue. */
  async function abandon(handler: (gate: Promise<void>, reply: FastifyReply) => unknown) {
    const [running, gone, gate] = [createGate(), createGate(), createGate()]
    const [handled, failed] = [createGate(), createGate()]
    const { app } = await serveRoute({
      handler: async (_request, reply) => {
        reply.raw.once('close', gone.open)
        running.open()
        return handler(gate.opened, reply)
      },
      webhook: { onHandled: handled.open, onFailed: failed.open },
    })
    const delivery = sign()
    const client = connectTo(app).send(wire(delivery))
    await running.opened
    client.destroy()
    await gone.opened
    const copy = await deliver(app, delivery)
    return { app, delivery, copy, gate, handled, failed }
  }

  test.each<[string, (gate: Promise<void>, reply: FastifyReply) => unknown]>([
    ['returns nothing', (gate) => gate],
    ['returns a value', (gate) => gate.then(() => 'done')],
    ['returns its reply', (gate, reply) => gate.then(() => reply.code(204).send())],
    ['sends, and returns nothing', (gate, reply) => gate.then(() => void reply.send('done'))],
    [
      'has returned its reply, and sends later',
      (gate, reply) => {
        void gate.then(() => reply.send('done'))
        return reply
      },
    ],
    [
      'awaits its reply, which is sent later',
      async (gate, reply) => {
        void gate.then(() => reply.send('done'))
        await reply
      },
    ],
  ])('leaves the claim to a handler that %s: its success completes', async (_what, handler) => {
    const { app, delivery, copy, gate, handled } = await abandon(handler)
    expect(copy.body).toBe('{"status":"in-progress"}')
    gate.open()
    await handled.opened
    expect((await deliver(app, delivery)).body).toBe('{"status":"duplicate"}')
  })

  test.each<[string, (gate: Promise<void>, reply: FastifyReply) => unknown]>([
    ['throws', (gate) => gate.then(() => Promise.reject(new Error('broken')))],
    ['sets a status and returns nothing', (gate, reply) => gate.then(() => void reply.code(503))],
  ])('leaves the claim to a handler that %s: its failure releases', async (_what, handler) => {
    const { copy, gate, failed } = await abandon(handler)
    expect(copy.body).toBe('{"status":"in-progress"}')
    gate.open()
    await failed.opened
  })
})
