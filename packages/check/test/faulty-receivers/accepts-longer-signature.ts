import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'compares-whole-signature', fault: 'accepts-longer-signature' } as const

/** Compares as many characters as it expects. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(given: Buffer, expected: Buffer): boolean {
    return super.isEqual(given.subarray(0, expected.length), expected)
  }
}
