import { createServer } from 'node:http'
import { webhook } from '@countersign/hono'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { verifyTimestampAndText } from '../../snippets.js'
import { isTicket, options, secret } from '../receiver-options.js'

export function create() {
  const app = new Hono()

  app.post('/snippet', async (c) => {
    const body = await c.req.text()
    const signature = c.req.header('x-visibuild-signature')
    const isSigned = verifyTimestampAndText(c.req.header('x-visibuild-timestamp'), signature, body, secret)
    if (!isSigned) return c.body(null, 401)
    return c.body(null, isTicket(JSON.parse(body)) ? 204 : 422)
  })

  for (const [path, receiver] of Object.entries(options))
    app.post(path, webhook(receiver), (c) => c.body(null, isTicket(c.get('webhook').payload) ? 204 : 422))

  return createServer(getRequestListener(app.fetch))
}
