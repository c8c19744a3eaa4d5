import 'reflect-metadata'
import { once } from 'node:events'
import type { ReceiverOptions } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/express'
import {
  Body,
  Controller,
  HttpCode,
  type MiddlewareConsumer,
  Module,
  type NestApplicationOptions,
  Post,
  RequestMethod,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { Response } from 'express'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { deliveryOf, secrets } from '../contract/five-deliveries.js'
import { openRequest } from '../contract/open-request.js'
import { Webhook } from './src/webhook-decorator.js'

type Route = (delivery: unknown, response: Response) => unknown

const options = (extra: object = {}) =>
  ({ scheme: visibuild(), secret: secrets.VISIBUILD_SECRET, ...extra }) as ReceiverOptions

/** A Nest application with a webhook and another route, configured like the example. */
async function serve(
  route: Route,
  {
    receiver = {},
    nest = { rawBody: true },
    isBefore = false,
  }: {
    receiver?: object
    nest?: NestApplicationOptions
    isBefore?: boolean
  } = {},
) {
  @Controller()
  class Routes {
    @Post('hook')
    @HttpCode(204)
    hook(@Webhook() delivery: unknown, @Res({ passthrough: true }) response: Response) {
      return route(delivery, response)
    }

    @Post('other')
    other(@Body() body: unknown) {
      return { body }
    }
  }

  @Module({ controllers: [Routes] })
  class App {
    configure(consumer: MiddlewareConsumer) {
      if (!isBefore)
        consumer.apply(webhook(options(receiver))).forRoutes({ path: 'hook', method: RequestMethod.POST })
    }
  }

  const app = await NestFactory.create<NestExpressApplication>(App, { logger: false, ...nest })
  if (isBefore) app.use('/hook', webhook(options(receiver)))
  await app.listen(0, '127.0.0.1')
  onTestFinished(async () => {
    app.getHttpServer().closeAllConnections()
    await app.close()
  })
  return { url: await app.getUrl() }
}

const ticket = () => deliveryOf('visibuild')

async function send(
  url: string,
  { headers, body }: { headers: object; body: string },
  type = 'application/json',
) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type, ...headers }, body })
  return { status: response.status, body: await response.text() }
}

describe.each([
  ['the middleware of the module, with rawBody', { nest: { rawBody: true } }],
  ['app.use() before the parsers', { nest: {}, isBefore: true }],
])('%s', (_how, setUp) => {
  test.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
  ])('takes a delivery by its bytes, with the content type %s', async (type) => {
    const route = vi.fn()
    const { url } = await serve(route, setUp)
    const delivery = ticket()
    expect((await send(`${url}/hook`, delivery, type)).status).toBe(204)
    expect(Buffer.from(route.mock.calls[0]?.[0].rawBody).toString()).toBe(delivery.body)
    expect((await send(`${url}/hook`, { ...delivery, body: `${delivery.body} ` }, type)).status).toBe(401)
  })

  test('leaves other routes their parsers', async () => {
    const { url } = await serve(vi.fn(), setUp)
    expect(await send(`${url}/other`, { headers: {}, body: '{"a":1}' })).toEqual({
      status: 201,
      body: '{"body":{"a":1}}',
    })
  })

  test.each<[string, Route, number]>([
    ['an exception', () => Promise.reject(new Error('no')), 500],
    ['an HTTP exception', () => Promise.reject(new ServiceUnavailableException()), 503],
    ['another status', (_delivery, response) => void response.status(422), 422],
  ])('%s of the controller makes the sender retry', async (_what, failing, status) => {
    const route = vi.fn<Route>().mockImplementationOnce(failing)
    const { url } = await serve(route, setUp)
    const delivery = ticket()
    expect((await send(`${url}/hook`, delivery)).status).toBe(status)
    expect((await send(`${url}/hook`, delivery)).status).toBe(204)
    expect(await send(`${url}/hook`, delivery)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(route).toHaveBeenCalledTimes(2)
  })
})

test('without rawBody the parsers read the body, which is answered 500 at once with a warning', async () => {
  const route = vi.fn()
  const onWarning = vi.fn()
  const { url } = await serve(route, { nest: {}, receiver: { onWarning, bodyTimeoutMs: 60_000 } })
  const { status, body } = await send(`${url}/hook`, ticket())
  expect(status).toBe(500)
  expect(body).not.toContain('bytes')
  expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('before the webhook did'))
  expect(route).not.toHaveBeenCalled()
})

test.each<[string, Route, number]>([
  ['success completes', () => undefined, 200],
  ['failure releases', () => Promise.reject(new Error('no')), 204],
])('a sender that disconnects while the controller runs: a late %s', async (_what, ending, next) => {
  const settled = vi.fn()
  const route = vi.fn<Route>().mockImplementationOnce(async (delivery, response) => {
    socket.destroy()
    await once(response, 'close')
    return ending(delivery, response)
  })
  const { url } = await serve(route, { receiver: { onHandled: settled, onFailed: settled } })
  const delivery = ticket()
  const socket = openRequest(`${url}/hook`, delivery.headers, delivery.body)
  socket.write(delivery.body)
  await vi.waitFor(() => expect(settled).toHaveBeenCalled(), 10_000)
  expect((await send(`${url}/hook`, delivery)).status).toBe(next)
})
