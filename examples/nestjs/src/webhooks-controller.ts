import type { Delivery } from '@countersign/core'
import { Controller, HttpCode, Post } from '@nestjs/common'
import { Webhook } from './webhook-decorator.js'

@Controller('webhooks')
export class WebhooksController {
  // Nest's answer settles the delivery: 2xx completes it, an exception makes the sender retry.
  @Post(['visisto', 'fingerprinting-api', 'embeddable', 'visibuild', 'scratcher'])
  @HttpCode(204)
  receive(@Webhook() delivery: Delivery): void {
    const { scheme, id = null, event = null } = delivery
    console.log(JSON.stringify({ handled: scheme, id, event }))
  }
}
