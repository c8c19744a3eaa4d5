import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'accepts-empty-key' } as const

/** Runs without its secret: the variable is not set. */
export class FaultyReceiver extends PlainReceiver {
  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    return [this.sign(time, body, process.env.SECRET_THAT_IS_NOT_SET ?? '')]
  }
}
