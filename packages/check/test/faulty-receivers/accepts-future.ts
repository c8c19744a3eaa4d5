import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-future', fault: 'accepts-future' } as const

/** Asks only whether a delivery is old. */
export class FaultyReceiver extends PlainReceiver {
  protected override isNotAhead(seconds: number): boolean {
    return Number.isFinite(seconds)
  }
}
