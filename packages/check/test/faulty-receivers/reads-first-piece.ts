import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-whole-body', fault: 'reads-first-piece' } as const

/** Takes the first piece of the body for all of it. */
export class FaultyReceiver extends PlainReceiver {
  protected override async readBody(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Buffer | undefined> {
    const [piece = Buffer.alloc(0)] = await Promise.race([once(request, 'data'), once(request, 'end')])
    request.resume()
    if (piece.length <= this.maxBodyBytes) return piece
    this.cutOff(response, 413)
    return undefined
  }
}
