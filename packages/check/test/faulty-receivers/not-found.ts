import type { IncomingMessage, ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'not-found' } as const

/** Has its endpoint at another path. */
export class FaultyReceiver extends PlainReceiver {
  protected override async receive(_request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.answer(response, 404)
  }
}
