import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-forged', fault: 'fails-on-forged' } as const

/** Throws where the signature is wrong. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse(): void {
    throw new Error('invalid signature')
  }
}
