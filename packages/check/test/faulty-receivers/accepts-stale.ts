import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-stale', fault: 'accepts-stale' } as const

/** Never asks how old a delivery is. */
export class FaultyReceiver extends PlainReceiver {
  protected override isNotOld(seconds: number): boolean {
    return Number.isFinite(seconds)
  }
}
