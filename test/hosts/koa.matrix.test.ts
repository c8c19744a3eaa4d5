import { webhook, webhookHandler } from '@countersign/core/node'
import Koa, { type Middleware } from 'koa'
import bodyParser from 'koa-bodyparser'
import { expect, test, vi } from 'vitest'
import { serve } from '../support/serve.js'
import { scheme, secret, send, sender } from './support/senders.js'

function start(...before: Middleware[]) {
  const onWarning = vi.fn()
  const handler = vi.fn()
  const accept = webhook({ scheme, secret, onWarning })
  const receive = webhookHandler({ scheme, secret, onWarning }, handler)
  const app = new Koa()
  for (const one of before) app.use(one)
  app.use(async (ctx) => {
    if (ctx.path === '/handler') {
      ctx.respond = false
      return receive(ctx.req, ctx.res)
    }
    const delivery = await accept(ctx.req, ctx.res)
    if (delivery) ctx.status = 204
    else ctx.respond = false
  })
  return { app: app.callback(), handler, onWarning }
}

test('Koa: a delivery is handled once in both forms', async () => {
  const { app, handler } = start()
  const { url } = await serve(app)
  const delivery = sender.sign()
  expect((await send(`${url}/middleware`, delivery)).status).toBe(204)
  expect((await send(`${url}/middleware`, delivery)).body).toBe('{"status":"duplicate"}')
  expect((await send(`${url}/handler`)).status).toBe(200)
  expect(handler).toHaveBeenCalledTimes(1)
})

test('Koa with a body parser before the webhook: refused, and the log says what to do in Koa', async () => {
  const { app, handler, onWarning } = start(bodyParser())
  const { url } = await serve(app)
  for (const path of ['/middleware', '/handler']) expect((await send(url + path)).status).toBe(500)
  expect(handler).not.toHaveBeenCalled()
  expect(onWarning).toHaveBeenCalledTimes(2)
  expect(onWarning).toHaveBeenCalledWith(expect.stringMatching(/koa-bodyparser.*after the webhook route/))
})
