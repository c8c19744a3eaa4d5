import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-forged', fault: 'hangs-on-refused' } as const

/** Refuses without an answer. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse(): void {}
}
