import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-time-strictly', fault: 'lenient-timestamp' } as const

/** Reads the time with parseInt, which passes over what follows. */
export class FaultyReceiver extends PlainReceiver {
  protected override readTime(text: string): number {
    return Number.parseInt(text, 10)
  }
}
