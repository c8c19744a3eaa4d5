// Receives the webhooks of five senders, each at POST /webhooks/<scheme>.
import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { AppModule } from './app-module.js'

const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')

try {
  // Nest's body parsers run before everything else; with `rawBody` they keep the bytes that were signed.
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    rawBody: true,
    logger: ['error', 'fatal'],
    abortOnError: false,
  })
  // Nest's own limit of 100 kB would refuse deliveries that the webhook takes.
  app.useBodyParser('json', { limit: '1mb' })
  const signals = ['SIGTERM', 'SIGINT']
  // What is under way is answered before the program ends, and idle connections do not hold it up.
  app.enableShutdownHooks(signals, { useProcessExit: true })
  for (const signal of signals) {
    process.once(signal, () => {
      app.getHttpServer().keepAliveTimeout = 1
    })
  }
  await app.listen(port, '127.0.0.1')
  console.log(`listening on ${await app.getUrl()}`)
} catch (error) {
  // A secret that is missing or was pasted badly, or a port that is taken.
  stop(error instanceof Error ? error.message : String(error))
}

function stop(reason: string): never {
  console.error(reason)
  process.exit(1)
}
