import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-time-strictly', fault: 'lenient-timestamp' } as const

/** Compares with NaN, which is always false: an invalid timestamp is neither too old nor too new. */
export class FaultyReceiver extends PlainReceiver {
  protected override isNotOld(seconds: number): boolean {
    return !(Date.now() / 1000 - seconds > 300)
  }

  protected override isNotAhead(seconds: number): boolean {
    return !(seconds - Date.now() / 1000 > 300)
  }
}
