import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { deliver, hook, sign, wire } from './support/deliver.js'
import { connectTo, serve } from './support/serve.js'
import { serveRoute } from './support/serve-route.js'

describe('answers of the suite itself', () => {
  test('skip handlers and onSend hooks, and are logged like all others', async () => {
    const handler = vi.fn()
    const onSend = vi.fn()
    const responded = createGate()
    const { app, log } = await serve((root) => {
      root.addHook('onSend', async () => void onSend())
      root.addHook('onResponse', async () => responded.open())
      root.post('/hook', { config: hook() }, handler)
    })
    expect((await deliver(app, sign({ omitProof: true }))).status).toBe(401)
    await responded.opened
    expect(handler).not.toHaveBeenCalled()
    expect(onSend).not.toHaveBeenCalled()
    await expect
      .poll(() => log.map(({ msg }) => msg))
      .toEqual([
        expect.stringContaining('Server listening'),
        'incoming request',
        expect.stringMatching(/^countersign: .*refused: .*ERR_WEBHOOK_HEADER_MISSING/),
        'request completed',
      ])
  })

  test('are not sent if a hook of the application has answered or hijacked the reply', async () => {
    const handler = vi.fn()
    const asked = createGate()
    const gate = createGate()
    const released = createGate()
    const { app } = await serveRoute({
      handler,
      options: {
        onRequest: async (_request, reply) => {
          void asked.opened.then(() => {
            reply.raw.write('half an answer')
            gate.open()
          })
        },
      },
      webhook: {
        secret: async () => {
          asked.open()
          await gate.opened
          return hook().webhook.secret
        },
        onFailed: () => released.open(),
      },
    })
    const client = connectTo(app).send(wire(sign()))
    await released.opened
    await client.until((received) => received.includes('half an answer'))
    expect(handler).not.toHaveBeenCalled()
  })
})

test('fastify.inject delivers', async () => {
  const { app, log } = await serveRoute({
    handler: async ({ webhook }, reply) => reply.code(webhook.event === 'ticket.created' ? 204 : 500).send(),
  })
  const inject = ({ method, url, headers, body }: ReturnType<typeof sign>) =>
    app.inject({
      method: method as 'POST',
      url,
      headers: Object.fromEntries(headers),
      payload: Buffer.from(body),
    })
  const delivery = sign()
  expect((await inject(delivery)).statusCode).toBe(204)
  expect((await inject(delivery)).json()).toEqual({ status: 'duplicate' })
  expect((await inject(sign({ omitProof: true }))).statusCode).toBe(401)
  expect((await inject(sign({ method: 'GET' }))).statusCode).toBe(404)
  expect((await inject(sign({ body: '' }))).statusCode).toBe(400)
  expect(log.filter(({ level }) => level > 30).map(({ code }) => code)).toEqual([
    'ERR_WEBHOOK_HEADER_MISSING',
    'ERR_WEBHOOK_PAYLOAD_MALFORMED',
  ])
})
