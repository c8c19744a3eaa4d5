import type { IncomingMessage, ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'redirects' } as const

/** Redirects every request to the same path with a trailing slash. */
export class FaultyReceiver extends PlainReceiver {
  protected override async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.writeHead(308, { location: `${request.url}/` }).end()
  }
}
