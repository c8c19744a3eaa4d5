import { type HookInfo, memoryStore } from '@countersign/core'
import { webhook } from '@countersign/express'
import { Logger, type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common'
import { listSenders } from './list-senders.js'
import { WebhooksController } from './webhooks-controller.js'

@Module({ controllers: [WebhooksController] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    const store = memoryStore()
    const logger = new Logger('webhooks')
    for (const { scheme, secret } of listSenders()) {
      const endpoint = scheme.name
      const onRejected = ({ code }: HookInfo) => console.error(`refused: ${endpoint} ${code}`)
      consumer
        .apply(webhook({ endpoint, scheme, secret, store, logger, onRejected }))
        .forRoutes({ path: `webhooks/${endpoint}`, method: RequestMethod.POST })
    }
  }
}
