import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'compares-whole-signature', fault: 'accepts-truncated-signature' } as const

/** Compares with startsWith. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(given: Buffer, expected: Buffer): boolean {
    return given.length > 0 && expected.toString('latin1').startsWith(given.toString('latin1'))
  }
}
