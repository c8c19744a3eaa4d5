import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-stale', fault: 'accepts-stale' } as const

/** Does not check the age of a delivery. */
export class FaultyReceiver extends PlainReceiver {
  protected override isNotOld(seconds: number): boolean {
    return Number.isFinite(seconds)
  }
}
