import { PlainReceiver, receiverSecret } from '../support/plain-receiver.js'

export const found = { property: 'refuses-known-keys', fault: 'accepts-empty-key' } as const

/** Has an old secret beside the new one, whose variable is not set. */
export class FaultyReceiver extends PlainReceiver {
  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    return [receiverSecret, process.env.OLD_SECRET_THAT_IS_NOT_SET ?? ''].map((secret) =>
      this.sign(time, body, secret),
    )
  }
}
