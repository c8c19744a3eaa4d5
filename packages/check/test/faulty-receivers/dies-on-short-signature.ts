import { timingSafeEqual } from 'node:crypto'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'survives-malformed', fault: 'dies-on-short-signature' } as const

/** Does not catch the error of the comparison, which ends its process. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(given: Buffer, expected: Buffer): boolean {
    return timingSafeEqual(given, expected)
  }

  /** Acts as if its process had ended: closes all connections and stops listening. */
  protected override fail(): void {
    this.stop()
  }
}
