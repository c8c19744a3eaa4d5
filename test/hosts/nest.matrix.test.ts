import 'reflect-metadata'
import type { Delivery } from '@countersign/core'
import { webhook } from '@countersign/express'
import {
  Body,
  Controller,
  HttpCode,
  type MiddlewareConsumer,
  Module,
  Post,
  Req,
  ValidationPipe,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { IsString } from 'class-validator'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { forger, scheme, secret, send, sender } from './support/senders.js'

/** The body type of a Nest handler, which a global ValidationPipe validates. */
class TicketDto {
  id!: string
  type!: string
}
IsString()(TicketDto.prototype, 'id')
IsString()(TicketDto.prototype, 'type')

/** Applies decorators as the compiler does, because the tests are compiled without decorator support. */
async function start(options: { readonly bodyParser?: boolean; readonly rawBody?: boolean }) {
  const received = vi.fn<(body: unknown, delivery: Delivery | undefined) => void>()
  class Webhooks {
    receive(body: TicketDto, request: { webhook?: Delivery }) {
      received(body, request.webhook)
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Webhooks.prototype, 'receive') ?? {}
  Controller('webhooks')(Webhooks)
  Post('tickets')(Webhooks.prototype, 'receive', descriptor)
  HttpCode(204)(Webhooks.prototype, 'receive', descriptor)
  Body()(Webhooks.prototype, 'receive', 0)
  Req()(Webhooks.prototype, 'receive', 1)
  Reflect.defineMetadata('design:paramtypes', [TicketDto, Object], Webhooks.prototype, 'receive')

  const onWarning = vi.fn()
  class App {
    configure(consumer: MiddlewareConsumer): void {
      consumer.apply(webhook({ scheme, secret, onWarning })).forRoutes('webhooks/tickets')
    }
  }
  Module({ controllers: [Webhooks] })(App)
  const app = await NestFactory.create(App, { logger: false, ...options })
  app.useGlobalPipes(new ValidationPipe())
  await app.listen(0, '127.0.0.1')
  onTestFinished(() => app.close())
  return { url: `${await app.getUrl()}/webhooks/tickets`, received, onWarning }
}

describe.each([
  ['without its body parser', { bodyParser: false }],
  ['with the raw body kept', { rawBody: true }],
])('Nest %s', (_, options) => {
  test('@Body() is the verified payload, which passes a global ValidationPipe', async () => {
    const { url, received } = await start(options)
    const delivery = sender.sign()
    const payload = JSON.parse(Buffer.from(delivery.body).toString())
    expect((await send(url, forger.sign())).status).toBe(401)
    expect((await send(url, delivery)).status).toBe(204)
    expect(await send(url, delivery)).toMatchObject({ status: 200, body: '{"status":"duplicate"}' })
    expect(received).toHaveBeenCalledTimes(1)
    const [body, verified] = received.mock.calls[0] ?? []
    expect(body).toEqual(payload)
    expect(verified?.payload).toEqual(payload)
  })
})

test('Nest with only its parser logs a warning that names rawBody', async () => {
  const { url, received, onWarning } = await start({})
  expect((await send(url)).status).toBe(500)
  expect(received).not.toHaveBeenCalled()
  expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('{ rawBody: true }'))
})
