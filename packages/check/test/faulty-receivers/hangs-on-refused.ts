import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-forged', fault: 'hangs-on-refused' } as const

/** Returns without an answer where it refuses. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse(): void {}
}
