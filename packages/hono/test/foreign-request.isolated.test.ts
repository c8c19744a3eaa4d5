import { visibuild } from '@countersign/core/schemes'
import { sendRequest } from '@countersign/testing'
import { type Context, Hono } from 'hono'
import { expect, test } from 'vitest'
import { webhook, webhookHandler } from '../src/index.js'
import { secret, sign } from './support/deliver.js'
import { serveNode } from './support/serve-node.js'

// After a server has replaced the global Request, a request of Node is no longer a foreign one here.
const ownRequest = globalThis.Request

test.each([false, true])(
  'the body can be read once more on @hono/node-server with overrideGlobalObjects: %s',
  async (overrideGlobalObjects) => {
    const read = async (c: Context) =>
      c.json([
        await c.req.json(),
        await c.req.text(),
        await c.req.arrayBuffer().then(({ byteLength }) => byteLength),
      ])
    const settings = { scheme: visibuild(), secret }
    const app = new Hono()
    app.post('/webhook', webhook(settings), read)
    app.post(
      '/handler',
      webhookHandler(settings, (_delivery, c) => read(c)),
    )
    const { url } = await serveNode(app, { overrideGlobalObjects })
    expect(globalThis.Request === ownRequest).toBe(!overrideGlobalObjects)
    const text = '{"id":"event-1","type":"ticket.created"}'
    for (const path of ['webhook', 'handler']) {
      const { status, body } = await sendRequest({ ...sign({ body: text }), url: `${url}/${path}` })
      expect([status, JSON.parse(body)]).toEqual([200, [JSON.parse(text), text, text.length]])
    }
  },
)
