import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { visibuild } from '@countersign/core/schemes'
import { type SignedRequest, sendRequest } from '@countersign/testing'
import { type Context, Hono } from 'hono'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { webhook, webhookHandler } from '../src/index.js'
import { secret, sign } from './support/deliver.js'
import { serveNode } from './support/serve-node.js'

const settings = { scheme: visibuild(), secret }
const forms = {
  webhook: (app: Hono, run: (c: Context) => unknown) =>
    app.post('/hook', webhook(settings), async (c) => c.json(await run(c))),
  webhookHandler: (app: Hono, run: (c: Context) => unknown) =>
    app.post(
      '/hook',
      webhookHandler(settings, async (_delivery, c) => c.json(await run(c))),
    ),
}

/** Sends one raw request and returns everything that comes back until the connection ends. */
async function sendRaw(port: number, target: string, { headers, body }: SignedRequest): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const lines = [
    `POST ${target} HTTP/1.1`,
    'host: test',
    'connection: close',
    `content-length: ${body.length}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  socket.write(body)
  return text(socket)
}

describe.each(Object.entries(forms))('%s() on @hono/node-server', (_form, mount) => {
  // The server cannot create a Request from it, and throws only when the body is read.
  test('a target with credentials is refused, and the server keeps running', async () => {
    const app = new Hono()
    const run = vi.fn()
    mount(app, run)
    const { port } = await serveNode(app)
    const target = 'http://user:password@test/hook'
    expect(await sendRaw(port, target, sign({ omitProof: true }))).toMatch(/^HTTP\/1.1 401 /)
    expect(await sendRaw(port, target, sign())).toMatch(/^HTTP\/1.1 400 /)
    expect(run).not.toHaveBeenCalled()
    expect(await sendRaw(port, 'http://test/hook', sign())).toMatch(/^HTTP\/1.1 200 /)
  })

  test('a sender that disconnects does not release the claim, and the late end completes it', async () => {
    const running = createGate()
    const gone = createGate()
    const gate = createGate()
    const app = new Hono()
    mount(app, async (c) => {
      c.env.outgoing.once('close', gone.open)
      running.open()
      await gate.opened
    })
    const { port, url } = await serveNode(app)
    const request = sign()
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const head = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    socket.write(`POST /hook HTTP/1.1\r\nhost: test\r\n${head}content-length: ${request.body.length}\r\n\r\n`)
    socket.write(request.body)
    await running.opened
    socket.destroy()
    await gone.opened
    const again = async () => (await sendRequest({ ...request, url: `${url}/hook` })).body
    expect(await again()).toContain('in-progress')
    gate.open()
    await vi.waitFor(async () => expect(await again()).toContain('duplicate'))
  })
})
