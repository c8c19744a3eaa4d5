import { timingSafeEqual } from 'node:crypto'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'survives-malformed', fault: 'dies-on-short-signature' } as const

/** Nobody catches what the comparison throws: its process ends. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(given: Buffer, expected: Buffer): boolean {
    return timingSafeEqual(given, expected)
  }

  /** As the end of its process does it: all connections are cut, and nobody listens any more. */
  protected override fail(): void {
    this.stop()
  }
}
