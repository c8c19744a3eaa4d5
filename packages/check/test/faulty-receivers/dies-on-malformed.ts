import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'survives-malformed', fault: 'dies-on-malformed' } as const

/** Parses before it verifies and does not catch the parser's error, which ends its process. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    return this.parse(arrived).id !== '' && super.isAuthentic(arrived)
  }

  /** Acts as if its process had ended. */
  protected override fail(): void {
    this.stop()
  }
}
