import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-time-strictly', fault: 'lenient-number' } as const

/** Reads the time with Number, which knows other notations. */
export class FaultyReceiver extends PlainReceiver {
  protected override readTime(text: string): number {
    return Number(text)
  }
}
