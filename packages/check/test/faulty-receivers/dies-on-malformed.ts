import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'survives-malformed', fault: 'dies-on-malformed' } as const

/** Parses before it verifies, and nobody catches what the parser throws: its process ends. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    return this.parse(arrived).id !== '' && super.isAuthentic(arrived)
  }

  /** As the end of its process does it. */
  protected override fail(): void {
    this.stop()
  }
}
