import { PlainReceiver, receiverSecret } from '../support/plain-receiver.js'

export const found = { property: 'refuses-known-keys', fault: 'accepts-guessable-key' } as const

/** Writes an unset variable into a text. */
export class FaultyReceiver extends PlainReceiver {
  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    const old = `${process.env.OLD_SECRET_THAT_IS_NOT_SET}`
    return [receiverSecret, old].map((secret) => this.sign(time, body, secret))
  }
}
