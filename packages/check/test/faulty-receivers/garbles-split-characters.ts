import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-whole-body', fault: 'garbles-split-characters' } as const

/** Adds up the pieces as text, each decoded by itself. */
export class FaultyReceiver extends PlainReceiver {
  protected override async readBody(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Buffer | undefined> {
    let text = ''
    request.on('data', (piece: Buffer) => {
      text += piece
    })
    const body = await super.readBody(request, response)
    return body && isUtf8(body) ? Buffer.from(text) : body
  }
}
