import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-forged', fault: 'handles-refused' } as const

/** Handles first, and verifies then. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse(arrived: Arrived): void {
    this.handled++
    super.refuse(arrived)
  }
}
