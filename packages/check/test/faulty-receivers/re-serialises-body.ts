import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'verifies-raw-bytes', fault: 're-serialises-body' } as const

/** Verifies the parsed body, written again with JSON.stringify. */
export class FaultyReceiver extends PlainReceiver {
  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    try {
      return [this.sign(time, Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')))))]
    } catch {
      return []
    }
  }
}
