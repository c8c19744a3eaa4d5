import { timingSafeEqual } from 'node:crypto'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'survives-malformed', fault: 'crashes-on-short-signature' } as const

/** timingSafeEqual throws where the lengths differ. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(given: Buffer, expected: Buffer): boolean {
    return timingSafeEqual(given, expected)
  }
}
