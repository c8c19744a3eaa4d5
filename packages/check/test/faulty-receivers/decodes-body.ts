import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'verifies-raw-bytes', fault: 'decodes-body' } as const

/** Takes the bytes for Latin-1, and verifies the text in UTF-8. */
export class FaultyReceiver extends PlainReceiver {
  protected override sign(time: string, body: Buffer, secret?: string): string {
    return super.sign(time, Buffer.from(body.toString('latin1'), 'utf8'), secret)
  }
}
