// Receives the webhooks of five senders, each at POST /webhooks/<scheme>.
import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { AppModule } from './src/app-module.js'

const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')

try {
  // Nest's body parsers run first; with `rawBody` they keep the signed bytes.
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    rawBody: true,
    logger: ['error', 'fatal'],
    abortOnError: false,
  })
  // Nest's default limit of 100 kB is smaller than the deliveries of some senders.
  app.useBodyParser('json', { limit: '1mb' })
  const signals = ['SIGTERM', 'SIGINT']
  // Finishes running requests before the program ends, and closes idle connections.
  app.enableShutdownHooks(signals, { useProcessExit: true })
  for (const signal of signals) {
    process.once(signal, () => {
      app.getHttpServer().keepAliveTimeout = 1
    })
  }
  await app.listen(port, '127.0.0.1')
  console.log(`listening on ${await app.getUrl()}`)
} catch (error) {
  // A missing or badly pasted secret, or a port in use.
  stop(error instanceof Error ? error.message : String(error))
}

function stop(reason: string): never {
  console.error(reason)
  process.exit(1)
}
