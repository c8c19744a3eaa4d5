import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'requires-signature', fault: 'accepts-missing-signature' } as const

/** Verifies only where there is a signature. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    return arrived.signature === '' || super.isAuthentic(arrived)
  }
}
