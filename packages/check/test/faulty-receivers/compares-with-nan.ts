import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-time-strictly', fault: 'lenient-timestamp' } as const

/** No comparison with NaN is true: a time that is none is neither old nor ahead. */
export class FaultyReceiver extends PlainReceiver {
  protected override isNotOld(seconds: number): boolean {
    return !(Date.now() / 1000 - seconds > 300)
  }

  protected override isNotAhead(seconds: number): boolean {
    return !(seconds - Date.now() / 1000 > 300)
  }
}
