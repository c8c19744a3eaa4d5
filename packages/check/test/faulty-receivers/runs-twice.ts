import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-once', fault: 'runs-twice' } as const

/** Remembers nothing. */
export class FaultyReceiver extends PlainReceiver {
  #count = 0

  protected override keyOf(): string {
    return String(this.#count++)
  }
}
