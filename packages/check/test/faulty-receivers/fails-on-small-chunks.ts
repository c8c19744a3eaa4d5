import type { IncomingMessage, ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-small-chunks', fault: 'fails-on-small-chunks' } as const

/** Joins the chunks with a call that has one argument for each: too many for the stack. */
export class FaultyReceiver extends PlainReceiver {
  protected override async readBody(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Buffer | undefined> {
    const pieces: string[] = []
    let size = 0
    for await (const piece of request.setEncoding('latin1')) {
      size += piece.length
      if (size > this.maxBodyBytes) {
        this.cutOff(response, 413)
        return undefined
      }
      pieces.push(piece)
    }
    return Buffer.from(''.concat(...pieces), 'latin1')
  }
}
