import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'verifies-raw-bytes', fault: 're-serialises-body' } as const

/** Verifies what JSON.stringify makes of the parsed body. */
export class FaultyReceiver extends PlainReceiver {
  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    try {
      return [this.sign(time, Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')))))]
    } catch {
      return []
    }
  }
}
