import type { IncomingMessage } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'limits-body', fault: 'hangs-on-large-body' } as const

/** Stops reading at the limit, and neither answers nor closes the connection. */
export class FaultyReceiver extends PlainReceiver {
  protected override async readBody(request: IncomingMessage): Promise<Buffer | undefined> {
    const pieces: Buffer[] = []
    let size = 0
    return new Promise((resolve) => {
      request.on('data', (piece: Buffer) => {
        size += piece.length
        if (size > this.maxBodyBytes) request.pause()
        else pieces.push(piece)
      })
      request.on('end', () => resolve(Buffer.concat(pieces)))
    })
  }
}
