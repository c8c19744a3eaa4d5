import type { IncomingMessage, ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'redirects' } as const

/** Sends everybody to the same path with a slash behind it. */
export class FaultyReceiver extends PlainReceiver {
  protected override async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.writeHead(308, { location: `${request.url}/` }).end()
  }
}
