import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 're-serialises-body' } as const

/** Verifies the parsed body as a serialiser writes it that puts blanks behind colons and commas. */
export class FaultyReceiver extends PlainReceiver {
  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    try {
      const spaced = JSON.stringify(JSON.parse(body.toString('utf8')), null, 1)
      return [this.sign(time, Buffer.from(spaced.replace(/,\n */g, ', ').replace(/\n */g, '')))]
    } catch {
      return []
    }
  }
}
