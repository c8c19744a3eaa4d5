import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'survives-malformed', fault: 'crashes-on-malformed' } as const

/** Parses the body before it verifies it, and answers 500 where it cannot. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    return this.parse(arrived).id !== '' && super.isAuthentic(arrived)
  }
}
