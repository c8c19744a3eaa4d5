import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-forged', fault: 'accepts-forged' } as const

/** Computes the signature, and lets it be. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(): boolean {
    return true
  }
}
